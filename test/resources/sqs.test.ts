import assert from "node:assert/strict";

import { created } from "./support";

describe("resources/sqs", () => {
  it("a queue has its URL as id, and an ARN of the same name", () => {
    const { id, outputs } = created("aws:sqs/queue:Queue", "uploads");
    const name = String(outputs.name);
    assert.match(name, /^uploads-[0-9a-f]{7}$/);
    assert.equal(id, `https://sqs.eu-west-1.amazonaws.com/210987654321/${name}`);
    assert.deepEqual(
      [outputs.url, outputs.arn],
      [id, `arn:aws:sqs:eu-west-1:210987654321:${name}`],
    );
    assert.equal(created("aws:sqs/queue:Queue", "uploads", { name: "own" }).outputs.name, "own");
  });

  it("a queue policy has the URL of its queue as id", () => {
    assert.equal(created("aws:sqs/queuePolicy:QueuePolicy", "p", { queueUrl: "u" }).id, "u");
  });
});
