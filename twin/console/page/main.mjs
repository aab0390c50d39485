/** The console's page: what the feed tells goes to the part that shows it. */
import { byId } from "./dom.mjs";
import {
  askForFiles,
  beginLists,
  redrawLists,
  replaceLists,
  takeEvent,
  takeFinding,
  takeLock,
  takeMessage,
  takeUnlock,
} from "./lists.mjs";
import { beginPicture, drawPicture, light, showHop } from "./picture.mjs";
import {
  beginSessions,
  forgetSession,
  liveSessions,
  redrawSessions,
  replaceSessions,
  takeLine,
  takeSession,
} from "./sessions.mjs";
import { rememberedLanguage, sayPage, setLanguage, t } from "./texts.mjs";

let site;
let status = "connecting";

/** What to do with each kind of change. */
const take = {
  session: ({ session }) => takeSession(session),
  forget: ({ session }) => forgetSession(session),
  line: ({ session, line }) => takeLine(session, line),
  event: ({ event }) => takeEvent(event),
  finding: ({ finding }) => takeFinding(finding),
  lock: ({ lock }) => takeLock(lock),
  unlock: ({ key }) => takeUnlock(key),
  message: ({ message }) => takeMessage(message),
  hop: ({ hop }) => showHop(hop),
  files: () => askForFiles(),
};

function say() {
  sayPage();
  byId("address").textContent = t().address(site.ftp, site.deviceAddress);
  sayStatus(status);
}

function sayStatus(next) {
  status = next;
  byId("status").textContent = t()[status];
  byId("status").className = status;
}

function follow() {
  const feed = new EventSource("/feed");
  feed.addEventListener("snapshot", ({ data }) => {
    const snapshot = JSON.parse(data);
    replaceSessions(snapshot.sessions);
    replaceLists(snapshot);
    sayStatus("connected");
    light();
  });
  feed.addEventListener("changes", ({ data }) => {
    for (const change of JSON.parse(data)) take[change.kind](change);
    light();
  });
  feed.addEventListener("error", () => {
    // A refusal closes the feed for good; anything else it mends by itself.
    sayStatus(feed.readyState === EventSource.CLOSED ? "tooMany" : "lost");
  });
}

async function begin() {
  site = await (await fetch("/site.json")).json();
  const name = `${site.project} ${site.stack}`;
  document.title = name;
  byId("title").textContent = name;
  const remembered = rememberedLanguage();
  if (remembered) document.documentElement.lang = remembered;
  say();
  beginSessions();
  beginLists(site);
  beginPicture(liveSessions);
  await drawPicture();
  document.querySelector(".languages").addEventListener("click", (event) => {
    const chosen = event.target.dataset.language;
    if (chosen === undefined) return;
    setLanguage(chosen);
    say();
    redrawSessions();
    redrawLists();
    void drawPicture();
  });
  follow();
}

void begin();
