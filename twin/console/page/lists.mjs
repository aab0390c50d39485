/** Findings, events, files, locks and messages. Each list is bounded as on the server. */
import { byId, element, markEmpty, onNextFrame } from "./dom.mjs";
import { findingsJa } from "./findings-ja.mjs";
import { bytes, moment, number, printable, time } from "./format.mjs";
import { language, t } from "./texts.mjs";

const MOST = { events: 200, findings: 100, messages: 50, locks: 50 };

/** Milliseconds between two looks at the files. */
const FILES_MS = 1000;

let events = [];
const findings = new Map();
const locks = new Map();
let messages = [];
let files;
let store;

export function replaceLists(snapshot) {
  events = [...snapshot.events];
  messages = [...snapshot.messages];
  findings.clear();
  locks.clear();
  snapshot.findings.forEach(keepFinding);
  snapshot.locks.forEach((lock) => locks.set(lock.key, lock));
  redrawLists();
  askForFiles();
}

export function beginLists(site) {
  store = site.store;
  setInterval(dropForgotten, 1000);
}

export function redrawLists() {
  drawEvents();
  drawFindings();
  drawLocks();
  drawMessages();
  drawFiles();
}

export function takeEvent(event) {
  events = [...events.slice(1 - MOST.events), event];
  drawEvents();
}

export function takeMessage(message) {
  messages = [...messages.slice(1 - MOST.messages), message];
  drawMessages();
}

export function takeFinding(finding) {
  keepFinding(finding);
  drawFindings();
}

export function takeLock(lock) {
  locks.set(lock.key, lock);
  if (locks.size > MOST.locks) locks.delete(locks.keys().next().value);
  drawLocks();
}

export function takeUnlock(key) {
  locks.delete(key);
  drawLocks();
}

function keepFinding(finding) {
  const key = `${finding.rule} ${finding.user ?? ""}`;
  findings.delete(key);
  findings.set(key, finding);
  if (findings.size > MOST.findings) findings.delete(findings.keys().next().value);
}

function dropForgotten() {
  const gone = [...locks.values()].filter(({ until }) => until <= Date.now());
  for (const { key } of gone) locks.delete(key);
  if (gone.length > 0) drawLocks();
}

/** The rows, each made once: of thousands of events a second only the new ones cost anything. */
const eventRows = new WeakMap();
let rowsLanguage;

const drawEvents = onNextFrame(() => {
  const isSame = rowsLanguage === language();
  rowsLanguage = language();
  const rows = [...events].reverse().map((event) => {
    const row = (isSame ? eventRows.get(event) : undefined) ?? eventRow(event);
    eventRows.set(event, row);
    return row;
  });
  byId("event-table").tBodies[0].replaceChildren(...rows);
  markEmpty("events", events.length === 0);
});

function eventRow({ at, type, user, path, bytes: count, failure }) {
  const kind = type.replace(/^FTP Server /, "");
  const what = t().eventTypes[kind] ?? kind;
  return element(
    "tr",
    { class: failure ? "failed" : undefined },
    element("td", {}, time(at)),
    element("td", { title: type }, failure ? `${what} (${failure})` : what),
    element("td", {}, printable(user)),
    element("td", { class: "path" }, printable(path)),
    element("td", { class: "number" }, count === undefined ? "" : bytes(count)),
  );
}

const order = ["fails", "risk", "note"];

const drawFindings = onNextFrame(() => {
  const sorted = [...findings.values()].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || b.at - a.at,
  );
  byId("finding-list").replaceChildren(...sorted.map(findingItem));
  markEmpty("findings", sorted.length === 0);
});

function findingItem({ rule, severity, problem, remedy, line, user, sessions }) {
  const say = t();
  const own = language() === "ja" ? findingsJa[rule] : undefined;
  return element(
    "li",
    { class: severity, "data-rule": rule },
    element(
      "p",
      { class: "problem" },
      element("strong", {}, say.severity[severity]),
      " ",
      own?.problem ?? printable(problem),
    ),
    own && element("p", { class: "original", lang: "en" }, printable(problem)),
    line === undefined
      ? undefined
      : element("p", { class: "line" }, `${say.line}: `, element("code", {}, printable(line))),
    element("p", { class: "remedy" }, `${say.remedy}: `, own?.remedy ?? remedy),
    element("p", { class: "quiet" }, say.seen(user && printable(user), sessions)),
  );
}

const drawLocks = onNextFrame(() => {
  const say = t();
  const all = [...locks.values()].reverse();
  byId("lock-list").replaceChildren(
    ...all.map(({ user, address, failures, locked, until }) =>
      element(
        "li",
        { class: locked ? "fails" : "note" },
        element(
          "p",
          {},
          element("strong", {}, printable(user)),
          ` ${say.from(address)}: `,
          locked ? say.locked(time(until)) : say.failures(number(failures), time(until)),
        ),
        locked ? element("p", { class: "remedy" }, say.lockRemedy(printable(user))) : undefined,
      ),
    ),
  );
  markEmpty("locks", all.length === 0);
});

const drawMessages = onNextFrame(() => {
  const items = [...messages]
    .reverse()
    .map(({ at, kind, text }) =>
      element(
        "li",
        { class: kind === "notice" ? "note" : "fails" },
        element("p", {}, time(at), " ", element("strong", {}, t().kinds[kind])),
        element("p", { lang: "en" }, printable(text)),
      ),
    );
  byId("message-list").replaceChildren(...items);
  markEmpty("messages", items.length === 0);
});

let asked = false;

/** Reads the files anew, at most once in a while. */
export function askForFiles() {
  if (asked) return;
  asked = true;
  setTimeout(() => {
    asked = false;
    void readFiles();
  }, FILES_MS);
}

let reads = 0;
let shownRead = 0;

async function readFiles() {
  const own = ++reads;
  try {
    const read = await (await fetch("/files.json")).json();
    // Answers may overtake one another; one that is late but newer than what is shown is still news.
    if (own < shownRead) return;
    shownRead = own;
    files = read;
    drawFiles();
  } catch {
    // The feed says that the twin does not answer, and everything is read anew when it does.
  }
}

const drawFiles = onNextFrame(() => {
  const say = t();
  const rows = (files?.files ?? []).map(fileRow);
  byId("file-table").tBodies[0].replaceChildren(...rows);
  byId("files-more").textContent =
    store !== undefined ? say.elsewhere(store) : files?.more ? say.more : "";
  markEmpty("files", rows.length === 0 && store === undefined);
});

function fileRow({ key, bytes: count, at, versions, versionCount }) {
  const say = t();
  const older = versions.map((version) => `${moment(version.replaced)}, ${bytes(version.bytes)}`);
  const list = element(
    "details",
    {},
    element("summary", {}, number(versionCount)),
    ...older.map((text) => element("p", {}, text)),
  );
  return element(
    "tr",
    { class: count === undefined ? "deleted" : undefined },
    element("td", { class: "path" }, printable(key)),
    element("td", { class: "number" }, count === undefined ? say.deleted : bytes(count)),
    element("td", {}, moment(at)),
    element("td", {}, versionCount === 0 ? "" : list),
  );
}
