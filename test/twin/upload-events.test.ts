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

  describe("with a Lambda function of the user's", () => {
    const functionArn = "arn:aws:lambda:ap-northeast-1:123456789012:function:mine";
    const statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn };
    /** The stack with the function's ARN, a permission or none, and the function itself or not. */
    const calling = (permitted: boolean, code?: string): EvaluatedStack => {
      const resources = whole.resources.map((resource) => {
        const { outputs } = resource;
        if (/Function::.*-worker-function$/.test(resource.key)) {
          const { variables } = outputs.environment as { variables: Record<string, string> };
          const environment = { variables: { ...variables, USER_FUNCTION_ARN: functionArn } };
          return { ...resource, outputs: { ...outputs, environment } };
        }
        if (!permitted || !/RolePolicy::.*-worker-access$/.test(resource.key)) return resource;
        const policy = JSON.parse(String(outputs.policy)) as { Statement: object[] };
        policy.Statement.push(statement);
        return { ...resource, outputs: { ...outputs, policy: JSON.stringify(policy) } };
      });
      const worker = resources.find(({ key }) => /Function::.*-worker-function$/.test(key))!;
      if (code === undefined) return { ...whole, resources };
      const own: Resource = {
        ...worker,
        key: "mine",
        name: "mine",
        outputs: { ...worker.outputs, arn: functionArn, name: "mine", environment: {} },
        inputs: {
          code: {
            assets: Promise.resolve({
              "index.js": Promise.resolve({ text: Promise.resolve(code) }),
            }),
          },
        },
      };
      return { ...whole, resources: [...resources, own] };
    };
    /** Stores a complete file and delivers its event. */
    async function upload(stack: EvaluatedStack): Promise<void> {
      const events = await open(stack);
      const store = (await openBuckets(stack, data.path, (text) => faults.push(text))).get(
        String(whole.outputs.bucket),
      )!;
      const write = await store.write("users/camera01/a.jpg");
      await write.write(Buffer.from("photo"));
      const { etag } = await write.commit();
      const { serverId, arn } = findServer(whole);
      const event = {
        kind: "transfer" as const,
        direction: "upload" as const,
        outcome: "completed" as const,
        ...{ session: "0123456789abcdef", user: "camera01", path: "/a.jpg" },
        ...{ bytes: 5, milliseconds: 5, etag },
        location: `/${String(whole.outputs.bucket)}/users/camera01/a.jpg`,
      };
      const source = { serverId, serverArn: arn, clientIp: "100.64.0.10" };
      events.put(transferEvent(event, new Date(), source)!);
    }

    it("that the stack makes run it with the file", async () => {
      const file = path.join(data.path, "called");
      const code = `exports.handler = async (event) => require("fs").writeFileSync(${JSON.stringify(file)}, event.key);`;
      await upload(calling(true, code));
      await until("it is called", () => fs.existsSync(file), { why: () => faults.join() });
      assert.equal(fs.readFileSync(file, "utf8"), "users/camera01/a.jpg");
      await until("no message is left", () => waiting().join() === "0,0");
    });

    it("that the stack does not make report it and go on", async () => {
      await upload(calling(true));
      await until("no message is left", () => rows().length === 1 && waiting().join() === "0,0");
      assert.match(faults.join(), /function:mine is not a function of the stack/);
    });

    it("that the role may not invoke become dead letters", async () => {
      await upload(calling(false, "exports.handler = async () => null;"));
      await until("it is a dead letter", () => waiting().join() === "0,1");
    });
  });
});
