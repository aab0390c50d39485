/** The console's page: passes the updates of the feed to the lists, the sessions and the picture. */
import { byId } from "./dom.mjs";
import {
  requestFiles,
  beginLists,
  redrawLists,
  replaceLists,
  addEvent,
  addFinding,
  addLock,
  addMessage,
  removeLock,
} from "./lists.mjs";
import { beginPicture, drawPicture, highlight, showActivity } from "./picture.mjs";
import {
  beginSessions,
  removeSession,
  liveSessions,
  redrawSessions,
  replaceSessions,
  addLine,
  updateSession,
} from "./sessions.mjs";
import { rememberedLanguage, fillTexts, setLanguage, t } from "./texts.mjs";

let site;
let status = "connecting";

/** The function for each kind of update. */
const apply = {
  session: ({ session }) => updateSession(session),
  forget: ({ session }) => removeSession(session),
  line: ({ session, line }) => addLine(session, line),
  event: ({ event }) => addEvent(event),
  finding: ({ finding }) => addFinding(finding),
  lock: ({ lock }) => addLock(lock),
  unlock: ({ key }) => removeLock(key),
  message: ({ message }) => addMessage(message),
  activity: ({ activity }) => showActivity(activity),
  files: () => requestFiles(),
};

function showTexts() {
  fillTexts();
  byId("address").textContent = t().address(site.ftp, site.deviceAddress);
  showStatus(status);
}

function showStatus(next) {
  status = next;
  byId("status").textContent = t()[status];
  byId("status").className = status;
}

function openFeed() {
  const feed = new EventSource("/feed");
  feed.addEventListener("snapshot", ({ data }) => {
    const snapshot = JSON.parse(data);
    replaceSessions(snapshot.sessions);
    replaceLists(snapshot);
    showStatus("connected");
    highlight();
  });
  feed.addEventListener("updates", ({ data }) => {
    for (const update of JSON.parse(data)) apply[update.kind](update);
    highlight();
  });
  feed.addEventListener("error", () => {
    // A refused feed stays closed. After any other error the browser reconnects.
    showStatus(feed.readyState === EventSource.CLOSED ? "tooMany" : "lost");
  });
}

async function begin() {
  site = await (await fetch("/site.json")).json();
  const name = `${site.project} ${site.stack}`;
  document.title = name;
  byId("title").textContent = name;
  const remembered = rememberedLanguage();
  if (remembered) document.documentElement.lang = remembered;
  showTexts();
  beginSessions();
  beginLists(site);
  beginPicture(liveSessions);
  await drawPicture();
  document.querySelector(".languages").addEventListener("click", (event) => {
    const chosen = event.target.dataset.language;
    if (chosen === undefined) return;
    setLanguage(chosen);
    showTexts();
    redrawSessions();
    redrawLists();
    void drawPicture();
  });
  openFeed();
}

void begin();
