import assert from "node:assert/strict";

import { pricedStack, usualUsage } from "../../../cli/cost/priced-stack";
import type { Resource } from "../../../lib/stack/resource";
import { evaluateStack } from "../../support/golden";
import { resource, stackOf } from "../../twin/queue/support";

const functionType = "aws:lambda/function:Function";
const daysPerMonth = 730 / 24;

const callsOf = (...resources: Resource[]) =>
  pricedStack(stackOf(...resources), usualUsage).functionCalls[0].calls;

describe("cli/cost: what is counted of a stack", () => {
  it("finds the login function of a stack, and none in a stack without a server", async () => {
    const { loginFunction, scheduledFunctions } = pricedStack(
      await evaluateStack("prod"),
      usualUsage,
    );
    assert.match(String(loginFunction?.name), /identity/);
    assert.equal(scheduledFunctions, 1);
    assert.equal(pricedStack(stackOf(), usualUsage).loginFunction, undefined);
  });

  it("counts the calls of rules and schedules, by ARN, name or id", () => {
    const called = resource(functionType, "canary", { arn: "arn:canary", name: "canary-name" });
    const rule = resource("aws:cloudwatch/eventRule:EventRule", "rule", {
      name: "rule-name",
      scheduleExpression: "rate(1 hour)",
    });
    const target = (outputs: object) =>
      resource("aws:cloudwatch/eventTarget:EventTarget", "target", outputs);
    assert.equal(callsOf(called, rule, target({ rule: "rule", arn: "arn:canary" })), 730);
    assert.equal(callsOf(called, rule, target({ rule: "rule-name", arn: "arn:canary" })), 730);
    assert.equal(callsOf(called, rule, target({ rule: "rule", arn: "arn:other" })), 0);
    assert.equal(callsOf(called, rule, target({ rule: "other", arn: "arn:canary" })), 0);
    const schedule = resource("aws:scheduler/schedule:Schedule", "schedule", {
      scheduleExpression: "rate(1 day)",
      target: { arn: "arn:canary" },
    });
    assert.equal(callsOf(called, schedule), daysPerMonth);
  });

  it("counts a call for each file where a queue feeds the function, and 128 MB by default", () => {
    const called = resource(functionType, "worker", { arn: "arn:worker", name: "worker-name" });
    const feed = (functionName: string) =>
      resource("aws:lambda/eventSourceMapping:EventSourceMapping", "feed", { functionName });
    const files = usualUsage.filesPerDay * daysPerMonth;
    assert.equal(callsOf(called, feed("worker-name")), files);
    assert.equal(callsOf(called, feed("arn:worker")), files);
    assert.equal(callsOf(called, feed("other")), 0);
    assert.equal(pricedStack(stackOf(called), usualUsage).functionCalls[0].memoryMb, 128);
  });
});
