import assert from "node:assert/strict";
import * as path from "node:path";

import {
  EventSourceMapping,
  EventSourceMappingOptions,
} from "../../../twin/queue/event-source-mapping";
import { MessageFolder } from "../../../twin/queue/message-folder";
import { Queue } from "../../../twin/queue/queue";
import { until } from "../../support/until";
import { arnOf, temporaryFolder } from "./support";

/** Lambda's event for a batch of messages, with the fields checked here. */
interface Batch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

describe("twin/queue/EventSourceMapping", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let messages: MessageFolder;
  let dead: MessageFolder;
  let queue: Queue;
  let source: EventSourceMapping;
  let failures: string[];
  /** Bodies of each invocation. */
  let calls: string[][];

  beforeEach(() => {
    folder = temporaryFolder();
    messages = new MessageFolder(path.join(folder.path, "queue"));
    dead = new MessageFolder(path.join(folder.path, "dead"));
    queue = new Queue({ messages, visibilityMs: 60_000, redrive: { to: dead, maxReceives: 3 } });
    failures = [];
    calls = [];
  });
  afterEach(async () => {
    await source.close(0);
    folder.remove();
  });

  function start(
    answer: (batch: Batch) => unknown,
    more: Partial<EventSourceMappingOptions> = {},
  ): EventSourceMapping {
    source = new EventSourceMapping({
      queue,
      queueArn: arnOf("uploads"),
      region: "eu-west-1",
      batchSize: 10,
      reportsFailures: true,
      retryMs: 1,
      onFailure: (text) => failures.push(text),
      invoke: async (event) => {
        const batch = event as Batch;
        calls.push(batch.Records.map(({ body }) => body));
        return answer(batch);
      },
      ...more,
    });
    source.start();
    return source;
  }
  const failing = (batch: Batch, ...bodies: string[]) => ({
    batchItemFailures: batch.Records.filter(({ body }) => bodies.includes(body)).map(
      ({ messageId }) => ({ itemIdentifier: messageId }),
    ),
  });
  const isDone = () => until("the queue is empty", () => messages.names().length === 0);

  it("passes messages to the function in batches of Lambda's form, and deletes them", async () => {
    for (const body of ["a", "b", "c"]) queue.send(body);
    let first: Batch | undefined;
    start((batch) => void (first ??= batch), { batchSize: 2 });
    await isDone();
    assert.deepEqual(calls, [["a", "b"], ["c"]]);
    const [{ messageId, ...record }] = first!.Records as unknown as Record<string, unknown>[];
    assert.match(String(messageId), /^[0-9a-f-]{36}$/);
    const { attributes, receiptHandle, ...rest } = record;
    assert.deepEqual(rest, {
      body: "a",
      messageAttributes: {},
      eventSource: "aws:sqs",
      eventSourceARN: arnOf("uploads"),
      awsRegion: "eu-west-1",
    });
    assert.equal(typeof receiptHandle, "string");
    const { ApproximateReceiveCount, SentTimestamp } = attributes as Record<string, string>;
    assert.deepEqual([ApproximateReceiveCount, /^\d{13}$/.test(SentTimestamp)], ["1", true]);
  });

  it("retries only the messages that the function reports as failed", async () => {
    queue.send("good");
    queue.send("bad");
    let times = 0;
    start((batch) => failing(batch, ...(++times < 3 ? ["bad"] : [])));
    await isDone();
    assert.deepEqual(calls, [["good", "bad"], ["bad"], ["bad"]]);
    assert.deepEqual(dead.names(), []);
    assert.deepEqual(failures, ["1 of 2 messages failed.", "1 of 1 messages failed."]);
  });

  it("moves a message to the dead-letter queue after the maximum, and continues with the others", async () => {
    queue.send("bad");
    start((batch) => failing(batch, "bad"));
    await until("it is a dead letter", () => dead.names().length === 1);
    assert.deepEqual(calls, [["bad"], ["bad"], ["bad"]]);
    queue.send("good");
    source.wake();
    await isDone();
    assert.deepEqual(calls[3], ["good"]);
  });

  it("retries the whole batch when the function fails, and reports why", async () => {
    queue.send("a");
    queue.send("b");
    let times = 0;
    start(() => {
      if (++times === 1) throw new Error("out of memory");
    });
    await isDone();
    assert.deepEqual(calls[0], ["a", "b"]);
    assert.deepEqual(failures, ["The function failed: out of memory."]);
    assert.deepEqual([...new Set(calls.slice(1).flat())].sort(), ["a", "b"]);
  });

  it("retries the whole batch when the function reports an unknown message", async () => {
    queue.send("a");
    let times = 0;
    start(() => (++times === 1 ? { batchItemFailures: [{ itemIdentifier: "other" }] } : {}));
    await isDone();
    assert.deepEqual(calls, [["a"], ["a"]]);
    assert.match(
      failures.join(),
      /reports the unknown message other as failed: the whole batch is retried/,
    );
  });

  it("ignores the answer of a function that does not report failures", async () => {
    queue.send("a");
    start((batch) => failing(batch, "a"), { reportsFailures: false });
    await isDone();
    assert.deepEqual(calls, [["a"]]);
  });

  it("finds messages that another process put into the folder", async () => {
    start(() => undefined);
    await until("it waits", () => calls.length === 0 && queue.visible === 0);
    messages.add("put back", Date.now());
    await isDone();
    assert.deepEqual(calls, [["put back"]]);
  });

  it("processes existing messages before it stops; later ones stay in the queue", async () => {
    for (const body of ["a", "b", "c"]) queue.send(body);
    start(() => new Promise((resolve) => setTimeout(resolve, 20)), { batchSize: 1 });
    await source.close(20_000);
    assert.deepEqual(calls, [["a"], ["b"], ["c"]]);
    queue.send("d");
    source.wake();
    assert.equal(messages.names().length, 1);
  });

  it("waits only for the given time for a function that does not end", async () => {
    queue.send("a");
    start(() => new Promise(() => undefined));
    await until("the function has it", () => calls.length === 1);
    await source.close(30);
    assert.equal(messages.names().length, 1);
  });
});
