/** The sessions, and the dialogue of the selected one. The limits are the same as on the server. */
import { byId, element, markEmpty, onNextFrame } from "./dom.mjs";
import { bytes, number, printable, time } from "./format.mjs";
import { logged, t } from "./texts.mjs";

const maxLines = 200;

/** Sessions by id; the one with the latest event is last. */
let sessions = new Map();
const items = new Map();
let chosen;
/** Whether the newest session is shown: until the user selects another. */
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

export function updateSession(session) {
  const known = sessions.get(session.id);
  sessions.set(session.id, { ...session, lines: known?.lines ?? [] });
  if (known === undefined && follows) choose(session.id);
  drawList();
}

export function removeSession(id) {
  sessions.delete(id);
  if (chosen === id) choose([...sessions.keys()].at(-1));
  drawList();
}

export function addLine(id, line) {
  const session = sessions.get(id);
  if (session === undefined) return;
  session.lines.push(line);
  if (session.lines.length > maxLines) {
    session.lines.splice(0, session.lines.length - maxLines);
    session.cut = true;
  }
  if (id === chosen) {
    // A hidden page draws no frames, but receives lines.
    newLines = [...newLines.slice(1 - maxLines), line];
    drawNewLines();
  }
}

/** Redraws everything in the page's language. */
export function redrawSessions() {
  drawList();
  drawDialogue();
}

function choose(id) {
  chosen = id;
  drawDialogue();
}

const nameOf = ({ user, address, source }) =>
  printable(user ?? t().notLoggedIn) + (address && ` (${addressOf(address, source)})`);

const addressOf = (address, source) => (source === address ? address : `${address} → ${source}`);

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
  const texts = t();
  const isLive = session.closed === undefined;
  button.setAttribute("aria-pressed", String(session.id === chosen));
  // The list is one stop of the Tab key; the arrow keys move in it.
  button.tabIndex = session.id === chosen ? 0 : -1;
  button.className = isLive ? "live" : "over";
  const parts = [
    ["name", nameOf(session)],
    [
      "state",
      `${time(session.since)} ${isLive ? texts.live : texts.closed(logged(printable(session.closed)))}`,
    ],
    [
      "moved",
      texts.moved(number(session.uploads), number(session.downloads), bytes(session.bytes)),
    ],
  ];
  const shown = parts.map(([, text]) => text).join("\n");
  if (button.dataset.shown === shown) return;
  button.dataset.shown = shown;
  button.replaceChildren(...parts.map(([name, text]) => element("span", { class: name }, text)));
}

/** Lines of the selected session that are not drawn yet. */
let newLines = [];

const drawNewLines = onNextFrame(() => {
  const place = byId("dialogue");
  const wasAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  place.append(...newLines.map(lineOf));
  newLines = [];
  while (place.childElementCount > maxLines) place.firstElementChild.remove();
  if (sessions.get(chosen)?.cut && !place.firstElementChild?.matches(".dropped")) {
    place.prepend(element("p", { class: "dropped" }, t().dropped));
  }
  if (wasAtEnd) place.scrollTop = place.scrollHeight;
});

function drawDialogue() {
  const session = sessions.get(chosen);
  byId("dialogue-heading").textContent = session ? t().dialogue(nameOf(session)) : t().choose;
  byId("dialogue").replaceChildren();
  newLines = [...(session?.lines ?? [])];
  drawNewLines();
  for (const [id, item] of items) {
    item.firstChild.setAttribute("aria-pressed", String(id === chosen));
    item.firstChild.tabIndex = id === chosen ? 0 : -1;
  }
}

const kinds = { ">": "command", "<": "reply", "!": "refused", "*": "moved", "=": "data" };

function lineOf({ at, mark, text, transfer }) {
  const texts = t();
  const content = () => {
    if (mark === "=") return texts.data(text);
    if (transfer === undefined) return mark === "!" ? logged(printable(text)) : printable(text);
    const { direction, outcome, bytes: count, milliseconds } = transfer;
    const what =
      outcome === "completed" ? texts[direction] : `${texts[direction]}, ${texts[outcome]}`;
    return texts.transfer(what, printable(text), bytes(count), number(milliseconds));
  };
  return element(
    "p",
    { class: kinds[mark] },
    element("time", {}, time(at)),
    element("span", { class: "mark", "aria-hidden": "true" }, mark),
    element("span", { class: "text" }, content()),
  );
}

/** Selects sessions by mouse and keyboard. */
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
