import assert from "node:assert/strict";
import * as path from "node:path";

import { MessageFolder } from "../../../twin/queue/message-folder";
import { Queue } from "../../../twin/queue/queue";
import { temporaryFolder } from "./support";

describe("twin/queue/Queue", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let messages: MessageFolder;
  let deadLetters: MessageFolder;
  let now: number;
  let given: string[];

  beforeEach(() => {
    folder = temporaryFolder();
    messages = new MessageFolder(path.join(folder.path, "queue"));
    deadLetters = new MessageFolder(path.join(folder.path, "dead"));
    now = 1000;
    given = [];
  });
  afterEach(() => folder.remove());

  /** The queue of a new process: only the folder's contents. */
  const open = (maxReceives?: number) =>
    new Queue({
      messages,
      visibilityMs: 100,
      redrive: maxReceives === undefined ? undefined : { to: deadLetters, maxReceives },
      onDeadLetter: ({ body, receives }) => given.push(`${body} after ${receives}`),
      now: () => now,
    });
  const bodies = (queue: Queue, most = 10) => queue.receive(most).map(({ body }) => body);
  const send = (queue: Queue, ...texts: string[]) => {
    for (const text of texts) {
      queue.send(text);
      now++;
    }
  };

  it("returns the oldest messages, up to the maximum, each with its count", () => {
    const queue = open();
    send(queue, "a", "b", "c");
    const [a, b] = queue.receive(2);
    assert.deepEqual([a.body, b.body, a.receives, a.sent], ["a", "b", 1, 1000]);
    assert.deepEqual(bodies(queue), ["c"]);
    assert.deepEqual(bodies(queue), []);
  });

  it("hides a received message until its visibility time-out ends", () => {
    const queue = open();
    send(queue, "a");
    assert.deepEqual([queue.visible, bodies(queue), queue.visible], [1, ["a"], 0]);
    now += 99;
    assert.deepEqual([queue.visible, bodies(queue)], [0, []]);
    now += 1;
    assert.equal(queue.visible, 1);
    assert.equal(queue.receive(1)[0].receives, 2);
  });

  it("returns a deleted message no more", () => {
    const queue = open();
    send(queue, "a");
    queue.delete(queue.receive(1)[0]);
    now += 1000;
    assert.deepEqual([bodies(queue), messages.names()], [[], []]);
  });

  it("returns a released message after the given time", () => {
    const queue = open();
    send(queue, "a");
    queue.release(queue.receive(1)[0], 10);
    now += 9;
    assert.deepEqual(bodies(queue), []);
    now += 1;
    assert.deepEqual(bodies(queue), ["a"]);
  });

  it("returns a message up to the maximum, then moves it to the dead-letter queue and reports it", () => {
    const queue = open(3);
    send(queue, "a", "b");
    for (const count of [1, 2, 3]) {
      const [a, b] = queue.receive(2);
      assert.deepEqual([a.body, a.receives], ["a", count]);
      if (count === 1) queue.delete(b);
      queue.release(a, 0);
      assert.deepEqual(given, []);
    }
    assert.deepEqual(bodies(queue), []);
    assert.deepEqual(given, ["a after 3"]);
    assert.deepEqual(messages.names(), []);
    const [name] = deadLetters.names();
    assert.deepEqual([deadLetters.read(name)?.body, deadLetters.names().length], ["a", 1]);
  });

  it("returns a message without a limit when there is no dead-letter queue", () => {
    const queue = open();
    send(queue, "a");
    for (let count = 1; count <= 20; count++) {
      const [a] = queue.receive(1);
      assert.equal(a.receives, count);
      queue.release(a, 0);
    }
  });

  it("keeps messages and their counts for the next process, where they are visible", () => {
    const first = open(3);
    send(first, "a");
    assert.equal(first.receive(1)[0].receives, 1);
    const second = open(3);
    assert.equal(second.visible, 1);
    assert.equal(second.receive(1)[0].receives, 2);
  });

  it("accepts messages that another process adds to the folder or removes from it", () => {
    const queue = open();
    const name = messages.add("from elsewhere", now);
    assert.deepEqual(bodies(queue), ["from elsewhere"]);
    messages.remove(name);
    assert.equal(queue.visible, 0);
    // A redrive puts the same message back: its earlier receipt does not hide it.
    queue.receive(1);
    messages.write(name, { id: "x", sent: now, receives: 0, body: "again" });
    assert.deepEqual(bodies(queue), ["again"]);
  });
});
