/** Sessions and the dialogue of the one that is chosen. What is kept is bounded as on the server. */
import { byId, element, markEmpty, onNextFrame } from "./dom.mjs";
import { bytes, number, printable, time } from "./format.mjs";
import { logged, t } from "./texts.mjs";

const MOST_LINES = 200;

/** Sessions by id, the one heard of last at the end. */
let sessions = new Map();
const items = new Map();
let chosen;
/** The newest session is shown until a person chooses one. */
let follows = true;

export const liveSessions = () =>
  [...sessions.values()].filter(({ closed }) => closed === undefined).length;

export function replaceSessions(all) {
  sessions = new Map(all.map(({ lines, ...session }) => [session.id, { ...session, lines }]));
  for (const item of items.values()) item.remove();
  items.clear();
  if (!sessions.has(chosen)) choose([...sessions.keys()].at(-1));
  drawList();
  drawDialogue();
}

export function takeSession(session) {
  const known = sessions.get(session.id);
  sessions.set(session.id, { ...session, lines: known?.lines ?? [] });
  if (known === undefined && follows) choose(session.id);
  drawList();
}

export function forgetSession(id) {
  sessions.delete(id);
  if (chosen === id) choose([...sessions.keys()].at(-1));
  drawList();
}

export function takeLine(id, line) {
  const session = sessions.get(id);
  if (session === undefined) return;
  session.lines.push(line);
  if (session.lines.length > MOST_LINES) {
    session.lines.splice(0, session.lines.length - MOST_LINES);
    session.cut = true;
  }
  if (id === chosen) {
    // No frames come while the page is hidden, and lines do.
    fresh = [...fresh.slice(1 - MOST_LINES), line];
    drawFresh();
  }
}

/** Draws all anew, in the language of the page. */
export function redrawSessions() {
  drawList();
  drawDialogue();
}

function choose(id) {
  chosen = id;
  drawDialogue();
}

const nameOf = ({ user, address }) => printable(user ?? t().nobody) + (address && ` (${address})`);

const drawList = onNextFrame(() => {
  const list = byId("session-list");
  for (const [id, item] of items) {
    if (sessions.has(id)) continue;
    item.remove();
    items.delete(id);
  }
  for (const session of sessions.values()) {
    let item = items.get(session.id);
    if (item === undefined) {
      item = element("li", {}, element("button", { type: "button", "data-session": session.id }));
      items.set(session.id, item);
      list.prepend(item);
    }
    fill(item.firstChild, session);
  }
  markEmpty("sessions", sessions.size === 0);
});

function fill(button, session) {
  const say = t();
  const isLive = session.closed === undefined;
  button.setAttribute("aria-pressed", String(session.id === chosen));
  // One stop of the tabulator key for the whole list; arrows go through it.
  button.tabIndex = session.id === chosen ? 0 : -1;
  button.className = isLive ? "live" : "over";
  const parts = [
    ["name", nameOf(session)],
    [
      "state",
      `${time(session.since)} ${isLive ? say.live : say.closed(logged(printable(session.closed)))}`,
    ],
    ["moved", say.moved(number(session.uploads), number(session.downloads), bytes(session.bytes))],
  ];
  const shown = parts.map(([, text]) => text).join("\n");
  if (button.dataset.shown === shown) return;
  button.dataset.shown = shown;
  button.replaceChildren(...parts.map(([name, text]) => element("span", { class: name }, text)));
}

/** Lines of the chosen session that are not drawn yet. */
let fresh = [];

const drawFresh = onNextFrame(() => {
  const place = byId("dialogue");
  const wasAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  place.append(...fresh.map(lineOf));
  fresh = [];
  while (place.childElementCount > MOST_LINES) place.firstElementChild.remove();
  if (sessions.get(chosen)?.cut && !place.firstElementChild?.matches(".dropped")) {
    place.prepend(element("p", { class: "dropped" }, t().dropped));
  }
  if (wasAtEnd) place.scrollTop = place.scrollHeight;
});

function drawDialogue() {
  const session = sessions.get(chosen);
  byId("dialogue-heading").textContent = session ? t().dialogue(nameOf(session)) : t().choose;
  byId("dialogue").replaceChildren();
  fresh = [...(session?.lines ?? [])];
  drawFresh();
  for (const [id, item] of items) {
    item.firstChild.setAttribute("aria-pressed", String(id === chosen));
    item.firstChild.tabIndex = id === chosen ? 0 : -1;
  }
}

const kinds = { ">": "command", "<": "reply", "!": "refused", "*": "moved", "=": "data" };

function lineOf({ at, mark, text, transfer }) {
  const say = t();
  const said = () => {
    if (mark === "=") return say.data(text);
    if (transfer === undefined) return mark === "!" ? logged(printable(text)) : printable(text);
    const { direction, outcome, bytes: count, milliseconds } = transfer;
    const what = outcome === "completed" ? say[direction] : `${say[direction]}, ${say[outcome]}`;
    return say.transfer(what, printable(text), bytes(count), number(milliseconds));
  };
  return element(
    "p",
    { class: kinds[mark] },
    element("time", {}, time(at)),
    element("span", { class: "mark", "aria-hidden": "true" }, mark),
    element("span", { class: "said" }, said()),
  );
}

/** Choosing by mouse and by keyboard. */
export function beginSessions() {
  const list = byId("session-list");
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === null) return;
    follows = button.dataset.session === [...sessions.keys()].at(-1);
    choose(button.dataset.session);
  });
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? (step && at + step);
    if (at < 0 || to === undefined || buttons[to] === undefined) return;
    event.preventDefault();
    buttons[to].focus();
    buttons[to].click();
  });
}
