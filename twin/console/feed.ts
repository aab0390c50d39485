import type { ServerResponse } from "node:http";

import type { Change, Snapshot } from "./change";

/** Milliseconds in which changes are gathered before they are sent. */
const GATHER_MS = 150;

/** Changes that are gathered at most: beyond, everything at once is less. */
const MOST_GATHERED = 1500;

/** Bytes a page may leave unread before it is told nothing more until it has caught up. */
const MOST_UNREAD = 1_000_000;

/** Milliseconds between signs of life. */
const ALIVE_MS = 15_000;

/** Server-sent events to the pages that are open. What waits for a page is bounded, however slow it reads. */
export class Feed {
  private readonly pages = new Map<ServerResponse, { behind: boolean }>();
  private gathered: Change[] = [];
  private isTooMuch = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly alive: NodeJS.Timeout;

  constructor(private readonly snapshot: () => Snapshot) {
    this.alive = setInterval(() => this.eachReading((page) => page.write(":\n\n")), ALIVE_MS);
    this.alive.unref();
  }

  /** Pages that are open. */
  get size(): number {
    return this.pages.size;
  }

  /** Keeps a page told, from everything so far on, until it goes. */
  add(page: ServerResponse): void {
    const state = { behind: false };
    // What is gathered is in the snapshot already.
    this.flush();
    this.pages.set(page, state);
    page.on("close", () => this.pages.delete(page));
    page.on("drain", () => {
      if (!state.behind) return;
      state.behind = false;
      this.flush();
      send(page, "snapshot", this.snapshot());
    });
    page.write("retry: 1000\n\n");
    send(page, "snapshot", this.snapshot());
  }

  readonly take = (changes: readonly Change[]): void => {
    if (this.pages.size === 0) return;
    if (this.gathered.length + changes.length > MOST_GATHERED) {
      this.isTooMuch = true;
      this.gathered = [];
    }
    if (!this.isTooMuch) this.gathered.push(...changes);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  };

  close(): void {
    clearInterval(this.alive);
    clearTimeout(this.timer);
    for (const page of this.pages.keys()) page.end();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const changes = latestOnly(this.gathered);
    const isTooMuch = this.isTooMuch;
    this.gathered = [];
    this.isTooMuch = false;
    if (isTooMuch) {
      const snapshot = this.snapshot();
      this.eachReading((page) => send(page, "snapshot", snapshot));
    } else if (changes.length > 0) {
      this.eachReading((page) => send(page, "changes", changes));
    }
  }

  private eachReading(tell: (page: ServerResponse) => void): void {
    for (const [page, state] of this.pages) {
      if (page.writableLength > MOST_UNREAD) state.behind = true;
      if (!state.behind) tell(page);
    }
  }
}

/** Of what replaces itself only the latest, in the place of the first: a session comes before its lines. */
function latestOnly(changes: readonly Change[]): Change[] {
  const places = new Map<string, number>();
  const kept: Change[] = [];
  for (const change of changes) {
    // A session that comes back after it was forgotten is a new one.
    if (change.kind === "forget") places.delete(`session ${change.session}`);
    const subject = subjectOf(change);
    const place = subject === undefined ? undefined : places.get(subject);
    if (place === undefined) {
      if (subject !== undefined) places.set(subject, kept.length);
      kept.push(change);
    } else if (!hidesRefusal(kept[place], change)) kept[place] = change;
  }
  return kept;
}

/** What refused is what a person looks for; what went through a moment later must not cover it. */
function hidesRefusal(before: Change, after: Change): boolean {
  return before.kind === "hop" && after.kind === "hop" && !!before.hop.failed && !after.hop.failed;
}

function subjectOf(change: Change): string | undefined {
  switch (change.kind) {
    case "session":
      return `session ${change.session.id}`;
    case "hop":
    case "files":
      return change.kind;
    case "finding":
      return `finding ${change.finding.rule} ${change.finding.user}`;
    case "forget":
    case "line":
    case "event":
    case "lock":
    case "unlock":
    case "message":
      return undefined;
  }
}

/** JSON has no line ends of its own, so each is one line of the stream. */
function send(page: ServerResponse, event: string, data: unknown): void {
  page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
