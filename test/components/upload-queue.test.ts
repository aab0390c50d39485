import assert from "node:assert/strict";

import { UploadQueue, UploadQueueArgs } from "../../components/upload-queue";
import { make, policyOf } from "../support/evaluate-component";
import { shared } from "../support/shared";

const tags = { project: "p", stack: "s", environment: "e" };
const makeQueue = shared((changes: Partial<UploadQueueArgs> = {}) =>
  make(
    "in",
    () =>
      new UploadQueue("in", {
        serverId: "s-0123456789abcdef0",
        functionSeconds: 60,
        tags,
        ...changes,
      }),
  ),
);

const day = 24 * 3600;

describe("components/UploadQueue", () => {
  it("makes a rule, a queue and its dead letters", async () => {
    const { types, child } = await makeQueue();
    assert.deepEqual(types, [
      "EventRule",
      "EventTarget",
      "Queue",
      "Queue",
      "QueuePolicy",
      "QueuePolicy",
    ]);
    for (const suffix of ["queue", "dead-letters", "rule"]) {
      assert.deepEqual(child(suffix).inputs.tags, tags, suffix);
    }
  });

  it("hides a message six times as long as the function may take, and keeps it over a weekend", async () => {
    const { inputs } = (await makeQueue({ functionSeconds: 20 })).child("queue");
    assert.equal(inputs.visibilityTimeoutSeconds, 120);
    assert.equal(inputs.messageRetentionSeconds, 4 * day);
    assert.equal(inputs.sqsManagedSseEnabled, true);
  });

  it("moves a message after five attempts, or the configured number, to a queue with SQS's longest retention", async () => {
    const { child } = await makeQueue();
    const redrive = JSON.parse(String(child("queue").inputs.redrivePolicy)) as object;
    const deadLetterTargetArn = child("dead-letters").outputs.arn;
    assert.deepEqual(redrive, { deadLetterTargetArn, maxReceiveCount: 5 });
    const { inputs } = child("dead-letters");
    assert.equal(inputs.messageRetentionSeconds, 14 * day);
    assert.equal(inputs.sqsManagedSseEnabled, true);
    assert.equal(inputs.redrivePolicy, undefined);
    const seven = (await makeQueue({ attempts: 7 })).child("queue").inputs.redrivePolicy;
    assert.match(String(seven), /"maxReceiveCount":7\b/);
  });

  it("delays each event by thirty seconds, or as long as configured", async () => {
    const delay = async (delaySeconds?: number) =>
      (await makeQueue({ delaySeconds })).child("queue").inputs.delaySeconds;
    assert.deepEqual([await delay(), await delay(0)], [30, 0]);
  });

  it("takes the uploads of its server, without the probe's", async () => {
    const pattern = async (probe?: string) =>
      JSON.parse(String((await makeQueue({ probe })).child("rule").inputs.eventPattern)) as {
        detail: Record<string, unknown>;
      };
    const { detail } = await pattern();
    assert.deepEqual(detail["server-id"], ["s-0123456789abcdef0"]);
    assert.ok(!("username" in detail));
    assert.deepEqual((await pattern("canary")).detail.username, [{ "anything-but": ["canary"] }]);
  });

  it("delivers to the queue, and undeliverable events to the dead-letter queue; both allow the rule", async () => {
    const { child } = await makeQueue();
    const [queue, dead, rule] = ["queue", "dead-letters", "rule"].map(child);
    const { arn, deadLetterConfig, rule: of } = child("target").inputs;
    assert.deepEqual(
      [arn, deadLetterConfig, of],
      [queue.outputs.arn, { arn: dead.outputs.arn }, rule.outputs.name],
    );
    for (const [suffix, { outputs }] of [
      ["queue-access", queue],
      ["dead-letters-access", dead],
    ] as const) {
      const policy = child(suffix);
      assert.equal(policy.inputs.queueUrl, outputs.url);
      const [put, deny] = policyOf(policy).Statement;
      assert.deepEqual([put.Resource, deny.Resource], [outputs.arn, outputs.arn]);
      assert.deepEqual(put.Condition, { ArnEquals: { "aws:SourceArn": rule.outputs.arn } });
    }
  });
});
