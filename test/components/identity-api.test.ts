import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { IdentityApi } from "../../components/identity-api";
import { make } from "../support/evaluate-component";

const api = (timeoutSeconds: number) =>
  make("id", () => {
    const role = new aws.iam.Role("id-role", { assumeRolePolicy: "{}" });
    const code = new aws.lambda.Function("id-function", { role: role.arn });
    return new IdentityApi("id", { function: code, timeoutSeconds });
  });

describe("components/IdentityApi", () => {
  it("permits the API's own method to call the function, and nothing else", async () => {
    const { child } = await api(15);
    const { action, principal, sourceArn } = child("permission").inputs;
    assert.deepEqual([action, principal], ["lambda:InvokeFunction", "apigateway.amazonaws.com"]);
    const execution = String(child("rest").outputs.executionArn);
    assert.equal(sourceArn, `${execution}/prod/GET/servers/*/users/*/config`);
  });

  it("is regional, and replaces its deployment when the body changes", async () => {
    const [one, other] = [await api(15), await api(20)];
    assert.deepEqual(one.child("rest").inputs.endpointConfiguration, { types: "REGIONAL" });
    const triggers = [one, other].map(({ child }) => child("deployment").inputs.triggers);
    assert.notDeepEqual(triggers[0], triggers[1]);
    assert.deepEqual((await api(15)).child("deployment").inputs.triggers, triggers[0]);
  });
});
