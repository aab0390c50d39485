import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import type { EvaluatedStack, Resource } from "../../lib/stack/resource";
import { transferEvent, type BusEvent } from "../../twin/events/transfer-events";
import { messagesOf, queuePairs } from "../../twin/queue/queues";
import { openBuckets } from "../../twin/store/buckets";
import { UploadEvents } from "../../twin/upload-events";
import { findServer } from "../../twin/wiring/find-server";
import { evaluateStack } from "../support/golden";
import { until } from "../support/until";
import { temporaryFolder } from "./queue/support";

/** The wiring behind an upload, as the program makes it and with one mistake. */
describe("upload events of a stack", function () {
  let whole: EvaluatedStack;
  let data: ReturnType<typeof temporaryFolder>;
  let uploads: UploadEvents | undefined;
  let faults: string[];

  before(async () => {
    whole = await evaluateStack("dev");
  });
  beforeEach(() => {
    data = temporaryFolder();
    faults = [];
  });
  afterEach(async () => {
    await uploads?.close();
    uploads = undefined;
    data.remove();
  });

  const without = (left: (resource: Resource) => boolean): EvaluatedStack => ({
    ...whole,
    resources: whole.resources.filter((resource) => !left(resource)),
  });
  const changed = (name: RegExp, change: (outputs: Record<string, unknown>) => object) => ({
    ...whole,
    resources: whole.resources.map((resource) =>
      name.test(resource.key)
        ? { ...resource, outputs: { ...resource.outputs, ...change(resource.outputs) } }
        : resource,
    ),
  });

  async function open(stack: EvaluatedStack): Promise<UploadEvents> {
    uploads = await UploadEvents.open({
      stack,
      data: data.path,
      region: "ap-northeast-1",
      buckets: await openBuckets(stack, data.path, assert.fail),
      onFault: (text) => faults.push(text),
      retryMs: 1,
      drainMs: 0,
    });
    fs.mkdirSync(path.join(data.path, "logs"), { recursive: true });
    return uploads;
  }
  /** The event of an upload that was cut: no object belongs to it. */
  function eventOf(file: string): BusEvent {
    const { serverId, arn } = findServer(whole);
    const transfer = {
      kind: "transfer",
      session: "0123456789abcdef",
      user: "camera01",
      direction: "upload",
      path: `/${file}`,
      location: `/${String(whole.outputs.bucket)}/users/camera01/${file}`,
      bytes: 12,
      milliseconds: 500,
      outcome: "partial",
    } as const;
    const source = { serverId, serverArn: arn, clientIp: "100.64.0.10" };
    return transferEvent(transfer, new Date("2026-11-26T01:02:03Z"), source)!;
  }
  const waiting = () => {
    const [{ queue, deadLetters }] = queuePairs(data.path)!;
    return [queue, deadLetters].map((name) => messagesOf(data.path, name).names().length);
  };
  const rows = () => {
    const folder = path.join(data.path, "buckets", String(whole.outputs.uploadLogBucket));
    const all = fs.existsSync(folder)
      ? (fs.readdirSync(folder, { recursive: true }) as string[])
      : [];
    return all.filter((file) => file.startsWith("uploads/") && file.endsWith(".json"));
  };

  it("create a row and leave no message", async () => {
    (await open(whole)).put(eventOf("a.jpg"));
    await until("the row is there", () => rows().length === 1, { why: () => faults.join() });
    assert.match(rows()[0], /^uploads\/dt=2026-11-26\/[0-9a-f]{32}\.json$/);
    await until("no message is left", () => waiting().join() === "0,0");
    assert.deepEqual(faults, []);
  });

  it("of another server are ignored", async () => {
    const event = eventOf("a.jpg");
    const other = { ...event, detail: { ...event.detail, "server-id": "s-fedcba98765432100" } };
    (await open(whole)).put(other);
    assert.deepEqual([waiting(), faults], [[0, 0], []]);
  });

  it("that the queue's policy denies are dead letters, and the rule is named", async () => {
    const stack = without(({ key }) => /QueuePolicy::.*-queue-access$/.test(key));
    (await open(stack)).put(eventOf("a.jpg"));
    assert.deepEqual([waiting(), rows()], [[0, 1], []]);
    assert.match(
      faults.join(),
      /^EventRule canal-ftp-dev-uploads-in-rule could not deliver an event: .*; it is in the dead-letter queue\.$/,
    );
  });

  it("that both queues deny are lost, with a report", async () => {
    (await open(without(({ type }) => type === "aws:sqs/queuePolicy:QueuePolicy"))).put(
      eventOf("a.jpg"),
    );
    assert.deepEqual(waiting(), [0, 0]);
    assert.match(faults.join(), /could not deliver an event: .*; it is lost\.$/);
  });

  it("wait in the queue without a function, and for the next process after a stop", async () => {
    const off = changed(/EventSourceMapping::/, () => ({ enabled: false }));
    (await open(off)).put(eventOf("a.jpg"));
    await uploads!.close();
    assert.deepEqual([waiting(), rows()], [[1, 0], []]);
    await open(whole);
    await until("the row is there", () => rows().length === 1);
    await until("no message is left", () => waiting().join() === "0,0");
  });

  it("become dead letters when the function's role may not write the log, and the role is named", async () => {
    const stack = changed(/RolePolicy::.*-worker-access$/, ({ policy }) => ({
      policy: String(policy).replace('"s3:PutObject"', '"s3:PutObjectAcl"'),
    }));
    (await open(stack)).put(eventOf("a.jpg"));
    await until("it is a dead letter", () => waiting().join() === "0,1");
    assert.deepEqual(rows(), []);
    assert.match(
      faults[0],
      /^Function canal-ftp-dev-uploads-worker-function may not use S3: .*s3:PutObject/,
    );
    assert.match(faults.at(-1) ?? "", /message \S+ failed 5 times/);
  });

  it("are not served when the mapping's role may not poll, and everything is closed", async () => {
    const stack = changed(/RolePolicy::.*-worker-access$/, ({ policy }) => ({
      policy: String(policy).replace('"sqs:ReceiveMessage"', '"sqs:ListQueues"'),
    }));
    await assert.rejects(open(stack), /EventSourceMapping .* cannot poll: .*sqs:ReceiveMessage/);
  });
});
