import type { ServerResponse } from "node:http";

import { type Clock, systemClock, type Timer } from "../clock";
import type { Snapshot, Update } from "./updates";

/** Milliseconds between two messages: updates in between are collected. */
const collectMs = 150;

/** The most updates in one message: a snapshot is smaller than more of them. */
const maxCollected = 1500;

/** The most unread bytes of a page. Beyond, it gets nothing until it has read them, and then a snapshot. */
const maxUnread = 1_000_000;

/** Milliseconds between keep-alive comments. */
const keepAliveMs = 15_000;

/** Sends server-sent events to the open pages. Unsent data is bounded, however slowly a page reads. */
export class Feed {
  private readonly pages = new Map<ServerResponse, { behind: boolean }>();
  private collected: Update[] = [];
  private overflowed = false;
  private timer: Timer | undefined;
  private readonly keepAlive: Timer;

  constructor(
    private readonly snapshot: () => Snapshot,
    private readonly clock: Clock = systemClock,
  ) {
    this.keepAlive = clock.after(keepAliveMs, () => {
      this.eachReading((page) => page.write(":\n\n"));
      this.keepAlive.refresh();
    });
  }

  /** The number of open pages. */
  get size(): number {
    return this.pages.size;
  }

  /** Sends a snapshot to a page, and updates until it closes. */
  addPage(page: ServerResponse): void {
    const state = { behind: false };
    // The snapshot contains the collected updates.
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

  readonly publish = (updates: readonly Update[]): void => {
    if (this.pages.size === 0) return;
    if (this.collected.length + updates.length > maxCollected) {
      this.overflowed = true;
      this.collected = [];
    }
    if (!this.overflowed) this.collected.push(...updates);
    this.timer ??= this.clock.after(collectMs, () => this.flush());
  };

  close(): void {
    this.keepAlive.cancel();
    this.timer?.cancel();
    for (const page of this.pages.keys()) page.end();
  }

  private flush(): void {
    this.timer?.cancel();
    this.timer = undefined;
    const updates = latestOnly(this.collected);
    const overflowed = this.overflowed;
    this.collected = [];
    this.overflowed = false;
    if (overflowed) {
      const snapshot = this.snapshot();
      this.eachReading((page) => send(page, "snapshot", snapshot));
    } else if (updates.length > 0) {
      this.eachReading((page) => send(page, "updates", updates));
    }
  }

  private eachReading(sendTo: (page: ServerResponse) => void): void {
    for (const [page, state] of this.pages) {
      if (page.writableLength > maxUnread) state.behind = true;
      if (!state.behind) sendTo(page);
    }
  }
}

/** Keeps only the latest update of each subject, at the position of its first: a session comes before its lines. */
function latestOnly(updates: readonly Update[]): Update[] {
  const positions = new Map<string, number>();
  const kept: Update[] = [];
  for (const update of updates) {
    // A session that comes back after it was dropped is a new one.
    if (update.kind === "forget") positions.delete(`session ${update.session}`);
    const subject = subjectOf(update);
    const position = subject === undefined ? undefined : positions.get(subject);
    if (position === undefined) {
      if (subject !== undefined) positions.set(subject, kept.length);
      kept.push(update);
    } else if (!hidesRefusal(kept[position], update)) kept[position] = update;
  }
  return kept;
}

/** Whether an update would hide a refusal, which must stay visible when the next activity follows immediately. */
function hidesRefusal(before: Update, after: Update): boolean {
  return (
    before.kind === "activity" &&
    after.kind === "activity" &&
    before.activity.failed !== undefined &&
    after.activity.failed === undefined
  );
}

function subjectOf(update: Update): string | undefined {
  switch (update.kind) {
    case "session":
      return `session ${update.session.id}`;
    case "activity":
    case "files":
      return update.kind;
    case "finding":
      return `finding ${update.finding.rule} ${update.finding.user}`;
    case "forget":
    case "line":
    case "event":
    case "lock":
    case "unlock":
    case "message":
      return undefined;
  }
}

/** Sends one event. JSON text contains no line breaks, so it is one line of the stream. */
function send(page: ServerResponse, event: string, data: unknown): void {
  page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
