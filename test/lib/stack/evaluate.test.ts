import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { evaluate } from "../../../lib/stack/evaluate";
import { providers } from "../../../resources";

const run = (program: () => unknown, config: Record<string, string> = {}) =>
  evaluate({
    program,
    providers,
    project: "p",
    stack: "s",
    config: { "aws:region": "eu-west-1", ...config },
  });

describe("lib/stack/evaluate", () => {
  it("records a resource with its parent, protection, secrets and what AWS would answer", async () => {
    const { resources } = await run(() => {
      const parent = new pulumi.ComponentResource("canal-ftp:index:Test", "parent");
      new aws.sns.Topic(
        "topic",
        { displayName: pulumi.secret("hidden") },
        { parent, protect: true },
      );
      return {};
    });
    const topic = resources.find(({ name }) => name === "topic")!;
    assert.equal(topic.parent, "canal-ftp:index:Test::parent");
    assert.equal(topic.protect, true);
    assert.deepEqual(topic.secrets, ["displayName"]);
    assert.equal(topic.inputs.displayName, "hidden");
    assert.match(String(topic.outputs.arn), /^arn:aws:sns:eu-west-1:123456789012:topic-/);
  });

  it("gives the stack's outputs as plain values", async () => {
    const { outputs } = await run(() => ({ a: pulumi.output(Promise.resolve([1])), b: "b" }));
    assert.deepEqual(outputs, { a: [1], b: "b" });
  });

  it("fails with what the program throws, and leaves the next evaluation alone", async () => {
    await assert.rejects(
      run(() => {
        new aws.sns.Topic("before");
        throw new pulumi.RunError("wrong value");
      }),
      /wrong value/,
    );
    const { resources } = await run(() => ({}));
    assert.deepEqual(resources, []);
  });

  it("keeps the line that throws in the error, and the length of other stack traces", async () => {
    const before = Error.stackTraceLimit;
    const error = await run(() => {
      throw new TypeError("wrong type");
    }).then(
      () => assert.fail("evaluated"),
      (thrown: Error) => thrown,
    );
    assert.match(error.stack!, /evaluate\.test\.ts:\d+/);
    assert.equal(Error.stackTraceLimit, before);
  });

  it("returns the inputs of a type that is not known, with a made-up id and ARN", async () => {
    const { resources } = await run(() => {
      new aws.ec2.NatGateway("nat", { subnetId: "subnet-1" });
      return {};
    });
    const [{ id, outputs }] = resources;
    assert.equal(outputs.subnetId, "subnet-1");
    assert.match(String(outputs.arn), new RegExp(`:natGateway/${id}$`));
  });

  it("records the provider functions that the program calls, and fails for one that is not known", async () => {
    const { invokes } = await run(() => ({ region: aws.getRegionOutput().region }));
    assert.deepEqual(invokes, ["aws:index/getRegion:getRegion"]);
    await assert.rejects(
      run(() => ({ value: aws.ssm.getParameterOutput({ name: "a" }).value })),
      /aws:ssm\/getParameter:getParameter.*resources\/ssm\.ts/,
    );
  });

  it("takes the account from the stack's allowed accounts, and tags from its default tags", async () => {
    const { resources } = await run(
      () => {
        new aws.sns.Topic("topic", { tags: { own: "1" } });
        return {};
      },
      {
        "aws:allowedAccountIds": '["210987654321"]',
        "aws:defaultTags": '{"tags":{"common":"2"}}',
      },
    );
    assert.match(String(resources[0].outputs.arn), /:210987654321:/);
    assert.deepEqual(resources[0].outputs.tagsAll, { common: "2", own: "1" });
  });
});
