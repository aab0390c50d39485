/** Server-sent events: collected, replaced by a snapshot when there are too many, and withheld from a page that does not read. */
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";

import { Feed } from "../../../twin/console/feed";
import type { Snapshot, Update } from "../../../twin/console/updates";
import { SimulatedClock } from "../../support/simulated-clock";

const empty: Snapshot = { sessions: [], events: [], findings: [], locks: [], messages: [] };
const line = (text: string): Update => ({
  ...{ kind: "line", session: "s" },
  line: { at: 1, mark: ">", text },
});

/** A page that reads its events, or does not. */
class Page extends EventEmitter {
  readonly written: string[] = [];
  writableLength = 0;
  reads = true;

  write(text: string): boolean {
    this.written.push(text);
    if (!this.reads) this.writableLength += text.length;
    return this.reads;
  }

  end(): void {
    this.emit("close");
  }

  get events(): string[] {
    return this.written.flatMap((text) => /^event: (\w+)/.exec(text)?.[1] ?? []);
  }
}

describe("twin/console/feed", () => {
  let feed: Feed;
  let clock: SimulatedClock;
  const open = (): Page => {
    const page = new Page();
    feed.addPage(page as unknown as ServerResponse);
    return page;
  };
  /** Lets the time pass after which collected updates are sent. */
  const flush = () => clock.advance(200);
  beforeEach(() => {
    clock = new SimulatedClock();
    feed = new Feed(() => empty, clock);
  });
  afterEach(() => feed.close());

  it("a page receives a snapshot, then updates, several at a time", () => {
    const page = open();
    feed.publish([line("USER a")]);
    feed.publish([line("PASS ***")]);
    flush();
    assert.deepEqual(page.events, ["snapshot", "updates"]);
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    assert.deepEqual(JSON.parse(sent), [line("USER a"), line("PASS ***")]);
  });

  it("of a session, an activity and the files only the latest is sent", () => {
    const page = open();
    const session = {
      id: "s",
      address: "",
      source: "",
      loggedIn: false,
      since: 1,
      uploads: 0,
      downloads: 0,
    };
    for (let bytes = 0; bytes < 9; bytes++) {
      feed.publish([
        { kind: "session", session: { ...session, bytes } },
        { kind: "files" },
        { kind: "activity", activity: { parts: bytes % 2 ? ["vpc"] : ["bucket"], lasting: false } },
      ]);
    }
    flush();
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    assert.deepEqual(JSON.parse(sent), [
      { kind: "session", session: { ...session, bytes: 8 } },
      { kind: "files" },
      { kind: "activity", activity: { parts: ["bucket"], lasting: false } },
    ]);
  });

  it("a session comes before its lines, a dropped one comes again, and a refusal stays visible", () => {
    const page = open();
    const of = (bytes: number): Update => ({
      kind: "session",
      session: {
        ...{
          id: "s",
          address: "",
          source: "",
          loggedIn: false,
          since: 1,
          uploads: 0,
          downloads: 0,
        },
        bytes,
      },
    });
    const activity = (failed?: "vpc"): Update => ({
      kind: "activity",
      activity: { parts: ["vpc"], failed, lasting: false },
    });
    feed.publish([
      of(1),
      line("a"),
      of(2),
      activity("vpc"),
      { kind: "forget", session: "s" },
      of(3),
      activity(),
    ]);
    flush();
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    const expected = [of(2), line("a"), activity("vpc"), { kind: "forget", session: "s" }, of(3)];
    assert.deepEqual(JSON.parse(sent), expected);
  });

  it("a snapshot replaces more updates than a page can use", () => {
    const page = open();
    for (let count = 0; count < 5000; count++) feed.publish([line(String(count))]);
    flush();
    assert.deepEqual(page.events, ["snapshot", "snapshot"]);
  });

  it("a page that does not read gets about a megabyte, and a snapshot when it has read it", () => {
    const [slow, fast] = [open(), open()];
    slow.reads = false;
    for (let count = 0; count < 12; count++) {
      feed.publish([line("x".repeat(200_000))]);
      flush();
    }
    assert.ok(slow.writableLength > 1_000_000 && slow.writableLength < 1_500_000);
    assert.equal(fast.events.length, 13);
    slow.reads = true;
    slow.writableLength = 0;
    slow.emit("drain");
    assert.equal(slow.events.at(-1), "snapshot");
    feed.publish([line("again")]);
    flush();
    assert.equal(slow.events.at(-1), "updates");
  });

  it("a page that reads gets keep-alive comments, until the feed is closed", () => {
    const page = open();
    clock.advance(30_000);
    assert.equal(page.written.filter((text) => text.startsWith(":")).length, 2);
    feed.close();
    assert.equal(clock.running, 0);
  });

  it("a closed page is removed, and without pages nothing is collected", () => {
    const page = open();
    assert.equal(feed.size, 1);
    page.end();
    assert.equal(feed.size, 0);
    for (let count = 0; count < 5000; count++) feed.publish([line("no page")]);
    const next = open();
    flush();
    assert.deepEqual(next.events, ["snapshot"]);
  });
});
