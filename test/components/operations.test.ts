import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { Operations } from "../../components/operations";
import { make } from "../support/evaluate-component";

const makeOperations = (alarmEmails?: string[]) =>
  make("ops", () => {
    const identityFunction = new aws.lambda.Function("login", { role: "arn:role" });
    return new Operations("ops", { identityFunction, alarmEmails });
  });

describe("components/Operations", () => {
  it("alarms at the first error and the first throttle, and is quiet when nobody logs in", async () => {
    const { child } = await makeOperations();
    for (const [suffix, metric] of [
      ["errors", "Errors"],
      ["throttles", "Throttles"],
    ]) {
      const { inputs } = child(suffix);
      assert.equal(inputs.metricName, metric);
      assert.equal(inputs.threshold, 1);
      assert.equal(inputs.treatMissingData, "notBreaching");
      assert.deepEqual(inputs.alarmActions, [child("alarms").id]);
      assert.match(JSON.stringify(inputs.dimensions), /"FunctionName":"login-/);
    }
  });

  it("mails everybody it is told to, and nobody else", async () => {
    const nobody = await makeOperations();
    assert.ok(!nobody.types.includes("TopicSubscription"));
    const { child } = await makeOperations(["ops@example.com"]);
    const { endpoint, protocol, topic } = child("mail-ops@example.com").inputs;
    assert.deepEqual([endpoint, protocol, topic], ["ops@example.com", "email", child("alarms").id]);
  });
});
