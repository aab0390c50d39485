/** Server-sent events: gathered, replaced by a snapshot when too many, held back from a page that does not read. */
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";

import type { Change, Snapshot } from "../../../twin/console/change";
import { Feed } from "../../../twin/console/feed";

const empty: Snapshot = { sessions: [], events: [], findings: [], locks: [], messages: [] };
const line = (text: string): Change => ({
  ...{ kind: "line", session: "s" },
  line: { at: 1, mark: ">", text },
});

/** A page that reads what it is sent, or leaves it. */
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

describe("console, feed", () => {
  let feed: Feed;
  const open = (): Page => {
    const page = new Page();
    feed.add(page as unknown as ServerResponse);
    return page;
  };
  const flushed = () => new Promise((resolve) => setTimeout(resolve, 200));
  beforeEach(() => (feed = new Feed(() => empty)));
  afterEach(() => feed.close());

  it("a page begins with everything, then gets changes, several at a time", async () => {
    const page = open();
    feed.take([line("USER a")]);
    feed.take([line("PASS ***")]);
    await flushed();
    assert.deepEqual(page.events, ["snapshot", "changes"]);
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    assert.deepEqual(JSON.parse(sent), [line("USER a"), line("PASS ***")]);
  });

  it("of a session, a hop and the files only the latest is sent", async () => {
    const page = open();
    const session = { id: "s", address: "", loggedIn: false, since: 1, uploads: 0, downloads: 0 };
    for (let bytes = 0; bytes < 9; bytes++) {
      feed.take([
        { kind: "session", session: { ...session, bytes } },
        { kind: "files" },
        { kind: "hop", hop: { parts: bytes % 2 ? ["vpc"] : ["bucket"], lasting: false } },
      ]);
    }
    await flushed();
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    assert.deepEqual(JSON.parse(sent), [
      { kind: "session", session: { ...session, bytes: 8 } },
      { kind: "files" },
      { kind: "hop", hop: { parts: ["bucket"], lasting: false } },
    ]);
  });

  it("a session comes before its lines, one that was forgotten comes anew, a refusal is not covered", async () => {
    const page = open();
    const of = (bytes: number): Change => ({
      kind: "session",
      session: {
        ...{ id: "s", address: "", loggedIn: false, since: 1, uploads: 0, downloads: 0 },
        bytes,
      },
    });
    const hop = (failed?: "vpc"): Change => ({
      kind: "hop",
      hop: { parts: ["vpc"], failed, lasting: false },
    });
    feed.take([
      of(1),
      line("a"),
      of(2),
      hop("vpc"),
      { kind: "forget", session: "s" },
      of(3),
      hop(),
    ]);
    await flushed();
    const [, sent] = /data: (.*)\n\n$/.exec(page.written.at(-1)!)!;
    const expected = [of(2), line("a"), hop("vpc"), { kind: "forget", session: "s" }, of(3)];
    assert.deepEqual(JSON.parse(sent), expected);
  });

  it("more changes at once than a page can use: everything anew in their place", async () => {
    const page = open();
    for (let count = 0; count < 5000; count++) feed.take([line(String(count))]);
    await flushed();
    assert.deepEqual(page.events, ["snapshot", "snapshot"]);
  });

  it("a page that does not read is sent no more than a megabyte and a bit, then everything when it has read", async () => {
    const [slow, fast] = [open(), open()];
    slow.reads = false;
    for (let count = 0; count < 12; count++) {
      feed.take([line("x".repeat(200_000))]);
      await flushed();
    }
    assert.ok(slow.writableLength > 1_000_000 && slow.writableLength < 1_500_000);
    assert.equal(fast.events.length, 13);
    slow.reads = true;
    slow.writableLength = 0;
    slow.emit("drain");
    assert.equal(slow.events.at(-1), "snapshot");
    feed.take([line("again")]);
    await flushed();
    assert.equal(slow.events.at(-1), "changes");
  });

  it("a page that goes is forgotten, and without pages nothing is gathered", async () => {
    const page = open();
    assert.equal(feed.size, 1);
    page.end();
    assert.equal(feed.size, 0);
    for (let count = 0; count < 5000; count++) feed.take([line("nobody hears it")]);
    const next = open();
    await flushed();
    assert.deepEqual(next.events, ["snapshot"]);
  });
});
