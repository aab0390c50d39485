import assert from "node:assert/strict";

import { answered } from "./support";

describe("answers of EventBridge, SQS and Lambda's mappings", () => {
  it("a queue has an URL for its id, and an ARN, of the same name", () => {
    const { id, outputs } = answered("aws:sqs/queue:Queue", "uploads");
    const name = String(outputs.name);
    assert.match(name, /^uploads-[0-9a-f]{7}$/);
    assert.equal(id, `https://sqs.eu-west-1.amazonaws.com/210987654321/${name}`);
    assert.deepEqual(
      [outputs.url, outputs.arn],
      [id, `arn:aws:sqs:eu-west-1:210987654321:${name}`],
    );
    assert.equal(answered("aws:sqs/queue:Queue", "uploads", { name: "own" }).outputs.name, "own");
  });

  it("a queue's policy is found by the queue it is of", () => {
    assert.equal(answered("aws:sqs/queuePolicy:QueuePolicy", "p", { queueUrl: "u" }).id, "u");
  });

  it("a rule is of the default bus, and a target has an id of its own", () => {
    const { id, outputs } = answered("aws:cloudwatch/eventRule:EventRule", "rule");
    assert.equal(outputs.arn, `arn:aws:events:eu-west-1:210987654321:rule/${id}`);
    const target = answered("aws:cloudwatch/eventTarget:EventTarget", "t", { rule: id });
    assert.equal(target.id, `${id}-${String(target.outputs.targetId)}`);
  });

  it("a mapping has a UUID, the same at every evaluation", () => {
    const type = "aws:lambda/eventSourceMapping:EventSourceMapping";
    const { id } = answered(type, "m", { functionName: "f" });
    assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(answered(type, "m").id, id);
    assert.notEqual(answered(type, "n").id, id);
  });
});
