/** Findings, events, files, locks and messages. The lists have the same limits as on the server. */
import { byId, element, markEmpty, onNextFrame } from "./dom.mjs";
import { findingsJa } from "./findings-ja.mjs";
import { bytes, moment, number, printable, time } from "./format.mjs";
import { language, t } from "./texts.mjs";

const limits = { events: 200, findings: 100, messages: 50, locks: 50 };

/** Milliseconds between two reads of the files. */
const filesMs = 1000;

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
  snapshot.findings.forEach(storeFinding);
  snapshot.locks.forEach((lock) => locks.set(lock.key, lock));
  redrawLists();
  requestFiles();
}

export function beginLists(site) {
  store = site.store;
  setInterval(dropExpired, 1000);
}

export function redrawLists() {
  drawEvents();
  drawFindings();
  drawLocks();
  drawMessages();
  drawFiles();
}

export function addEvent(event) {
  events = [...events.slice(1 - limits.events), event];
  drawEvents();
}

export function addMessage(message) {
  messages = [...messages.slice(1 - limits.messages), message];
  drawMessages();
}

export function addFinding(finding) {
  storeFinding(finding);
  drawFindings();
}

export function addLock(lock) {
  locks.set(lock.key, lock);
  if (locks.size > limits.locks) locks.delete(locks.keys().next().value);
  drawLocks();
}

export function removeLock(key) {
  locks.delete(key);
  drawLocks();
}

function storeFinding(finding) {
  const key = `${finding.rule} ${finding.user ?? ""}`;
  findings.delete(key);
  findings.set(key, finding);
  if (findings.size > limits.findings) findings.delete(findings.keys().next().value);
}

function dropExpired() {
  const expired = [...locks.values()].filter(({ until }) => until <= Date.now());
  for (const { key } of expired) locks.delete(key);
  if (expired.length > 0) drawLocks();
}

/** The row of each event, created once, because thousands of events may arrive in a second. */
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
  const texts = t();
  const translated = language() === "ja" ? findingsJa[rule] : undefined;
  return element(
    "li",
    { class: severity, "data-rule": rule },
    element(
      "p",
      { class: "problem" },
      element("strong", {}, texts.severity[severity]),
      " ",
      translated?.problem ?? printable(problem),
    ),
    translated && element("p", { class: "original", lang: "en" }, printable(problem)),
    line === undefined
      ? undefined
      : element("p", { class: "line" }, `${texts.line}: `, element("code", {}, printable(line))),
    element("p", { class: "remedy" }, `${texts.remedy}: `, translated?.remedy ?? remedy),
    element("p", { class: "quiet" }, texts.seen(user && printable(user), sessions)),
  );
}

const drawLocks = onNextFrame(() => {
  const texts = t();
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
          ` ${texts.from(address)}: `,
          locked ? texts.locked(time(until)) : texts.failures(number(failures), time(until)),
        ),
        locked ? element("p", { class: "remedy" }, texts.lockRemedy(printable(user))) : undefined,
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

let scheduled = false;

/** Reads the files again, at most once per interval. */
export function requestFiles() {
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    void readFiles();
  }, filesMs);
}

let reads = 0;
let shownRead = 0;

async function readFiles() {
  const own = ++reads;
  try {
    const read = await (await fetch("/files.json")).json();
    // Answers may arrive out of order: an older one than the one shown is dropped.
    if (own < shownRead) return;
    shownRead = own;
    files = read;
    drawFiles();
  } catch {
    // The feed reports that the twin does not answer. A snapshot reads the files again.
  }
}

const drawFiles = onNextFrame(() => {
  const texts = t();
  const rows = (files?.files ?? []).map(fileRow);
  byId("file-table").tBodies[0].replaceChildren(...rows);
  byId("files-more").textContent =
    store !== undefined ? texts.elsewhere(store) : files?.more ? texts.more : "";
  markEmpty("files", rows.length === 0 && store === undefined);
});

function fileRow({ key, bytes: count, at, versions, versionCount }) {
  const texts = t();
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
    element("td", { class: "number" }, count === undefined ? texts.deleted : bytes(count)),
    element("td", {}, moment(at)),
    element("td", {}, versionCount === 0 ? "" : list),
  );
}
