import assert from "node:assert/strict";

import type { EvaluatedStack, Resource } from "../../../lib/stack/resource";
import { eventRules } from "../../../twin/wiring/event-rules";
import { arnOf, queueResource, resource, stackOf } from "../queue/support";

const ruleArn = "arn:aws:events:eu-west-1:123456789012:rule/uploads";
const pattern = JSON.stringify({ source: ["aws.transfer"] });

const rule = (more: object = {}) =>
  resource("aws:cloudwatch/eventRule:EventRule", "rule", {
    name: "uploads",
    arn: ruleArn,
    eventPattern: pattern,
    ...more,
  });
const target = (more: object = {}) =>
  resource("aws:cloudwatch/eventTarget:EventTarget", "target", {
    rule: "uploads",
    arn: arnOf("in"),
    ...more,
  });
const queues = [queueResource("in"), queueResource("dead")];

/** A queue policy that allows this principal to send messages for the rule with this ARN. */
function access(queue: Resource, service = "events.amazonaws.com", of = ruleArn): Resource {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sqs:SendMessage",
        Resource: queue.outputs.arn,
        Condition: { ArnEquals: { "aws:SourceArn": of } },
      },
    ],
  });
  const outputs = { queueUrl: queue.outputs.url, policy };
  return resource("aws:sqs/queuePolicy:QueuePolicy", `${queue.name}-access`, outputs);
}

const only = (stack: EvaluatedStack) => {
  const [found, ...more] = eventRules(stack);
  assert.equal(more.length, 0);
  return found;
};

describe("twin/wiring/event-rules", () => {
  it("send the events they match to their queues", () => {
    const found = only(stackOf(rule(), target(), ...queues, ...queues.map((one) => access(one))));
    assert.deepEqual(
      found.targets.map(({ queueArn, refusal, deadLetterArn }) => [
        queueArn,
        refusal,
        deadLetterArn,
      ]),
      [[arnOf("in"), undefined, undefined]],
    );
    assert.ok(found.matches({ source: "aws.transfer" }));
    assert.ok(!found.matches({ source: "aws.s3" }));
  });

  it("name the dead-letter queue, if EventBridge may send to it", () => {
    const deadLetterConfig = { arn: arnOf("dead") };
    const common = [rule(), target({ deadLetterConfig }), ...queues];
    const both = only(stackOf(...common, ...queues.map((one) => access(one))));
    assert.equal(both.targets[0].deadLetterArn, arnOf("dead"));
    const one = only(stackOf(...common, access(queues[0])));
    assert.equal(one.targets[0].deadLetterArn, undefined);
  });

  const refused: [what: string, policies: Resource[]][] = [
    ["the queue has no policy", []],
    ["its policy allows another service", [access(queues[0], "sns.amazonaws.com")]],
    ["its policy allows another rule", [access(queues[0], undefined, `${ruleArn}-other`)]],
    ["the policy belongs to another queue", [access(queues[1])]],
  ];
  for (const [what, policies] of refused) {
    it(`may not send an event to a queue when ${what}`, () => {
      const { targets } = only(stackOf(rule(), target(), ...queues, ...policies));
      assert.match(targets[0].refusal ?? "", /sqs:SendMessage|no statement|no policy/i);
    });
  }

  it("leave out disabled rules, schedules and targets that are not queues", () => {
    assert.deepEqual(eventRules(stackOf(rule({ state: "DISABLED" }), target(), ...queues)), []);
    assert.deepEqual(
      eventRules(stackOf(rule({ eventPattern: undefined, scheduleExpression: "rate(5 minutes)" }))),
      [],
    );
    const elsewhere = target({ arn: "arn:aws:lambda:eu-west-1:123456789012:function:x" });
    const others = target({ rule: "another" });
    assert.deepEqual(only(stackOf(rule(), elsewhere, others, ...queues)).targets, []);
  });

  it("are rejected by name when a target changes the event", () => {
    assert.throws(
      () => eventRules(stackOf(rule({ eventPattern: '{"a":[{"numeric":["=",1]}]}' }))),
      /^Error: EventRule rule: The event pattern has .*numeric/,
    );
    for (const [name, value] of [
      ["input", "{}"],
      ["inputPath", "$.detail"],
      ["inputTransformer", { inputTemplate: "<a>" }],
    ] as const) {
      assert.throws(
        () => eventRules(stackOf(rule(), target({ [name]: value }), ...queues)),
        new RegExp(`^Error: EventTarget target has ${name}, which the twin does not support`),
      );
    }
  });
});
