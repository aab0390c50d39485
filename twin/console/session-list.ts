import type { FtpEvent } from "../ftp/events";
import { clip, Latest, Newest } from "./bounded";
import type { Update, ShownLine, ShownSession, Snapshot } from "./updates";

/** The most sessions, and lines of each. */
export const maxSessions = 40;
export const maxLines = 200;

interface Kept {
  shown: ShownSession;
  readonly lines: Newest<ShownLine>;
}

type SessionEvent = Extract<FtpEvent, { session: string }>;

/** The sessions with the latest events, and their dialogues. */
export class SessionList {
  private readonly kept = new Latest<string, Kept>(maxSessions);

  /** Records an event. Returns the updates for the page. */
  add(event: SessionEvent, at: number): Update[] {
    const { session } = event;
    const known = this.kept.get(session);
    // A session that was dropped comes back with its next event, without its earlier lines.
    const kept = known ?? { shown: begin(session, at), lines: new Newest<ShownLine>(maxLines) };
    const shown = next(kept.shown, event);
    const isNew = known === undefined || shown !== kept.shown;
    kept.shown = shown;
    // Closed sessions are dropped first.
    const left = this.kept.set(session, kept, ({ shown: { closed } }) => closed !== undefined);
    const line = lineOf(event, at);
    if (line !== undefined) kept.lines.add(line);
    return [
      ...(left === undefined ? [] : [{ kind: "forget", session: left } as const]),
      ...(isNew ? [{ kind: "session", session: shown } as const] : []),
      ...(line === undefined ? [] : [{ kind: "line", session, line } as const]),
    ];
  }

  userOf(session: string): string | undefined {
    return this.kept.get(session)?.shown.user;
  }

  get all(): Snapshot["sessions"] {
    return this.kept.all.map(({ shown, lines }) => ({ ...shown, lines: lines.all }));
  }
}

function begin(id: string, since: number): ShownSession {
  return {
    id,
    address: "",
    source: "",
    loggedIn: false,
    since,
    uploads: 0,
    downloads: 0,
    bytes: 0,
  };
}

/** The session after the event; the same object when the event does not change it. */
function next(shown: ShownSession, event: SessionEvent): ShownSession {
  switch (event.kind) {
    case "connected":
      return { ...shown, address: event.address, source: event.source };
    case "command": {
      const user = /^USER (.*)$/is.exec(event.line)?.[1];
      return user === undefined || shown.loggedIn ? shown : { ...shown, user: clip(user) };
    }
    case "reply":
      return event.text.startsWith("230 ") ? { ...shown, loggedIn: true } : shown;
    case "transfer": {
      const { uploads, downloads, bytes } = shown;
      const done = event.outcome === "completed" ? 1 : 0;
      const isUpload = event.direction === "upload";
      return {
        ...shown,
        uploads: uploads + (isUpload ? done : 0),
        downloads: downloads + (isUpload ? 0 : done),
        bytes: bytes + event.bytes,
      };
    }
    case "closed":
      return { ...shown, closed: clip(event.reason) };
    case "refused":
    case "data":
    case "change":
    case "login":
    case "opened":
      return shown;
  }
}

function lineOf(event: SessionEvent, at: number): ShownLine | undefined {
  switch (event.kind) {
    case "command":
      return { at, mark: ">", text: clip(event.line) };
    case "reply":
      return { at, mark: "<", text: clip(event.text) };
    case "refused":
      return { at, mark: "!", text: clip(event.reason) };
    case "data":
      return { at, mark: "=", text: `${event.to}:${event.port}` };
    case "transfer": {
      const { direction, outcome, bytes, milliseconds, path } = event;
      const transfer = { direction, outcome, bytes, milliseconds: Math.round(milliseconds) };
      return { at, mark: "*", text: clip(path), transfer };
    }
    case "connected":
    case "login":
    case "opened":
    case "change":
    case "closed":
      return undefined;
  }
}
