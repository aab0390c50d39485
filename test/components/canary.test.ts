import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { Canary, CanaryArgs } from "../../components/canary";
import { canaryAccess } from "../../components/internal/policies";
import { readSettings } from "../../lambdas/canary/settings";
import { verifyPassword } from "../../lambdas/identity-provider/password";
import type { Resource } from "../../lib/stack/resource";
import { make } from "../support/evaluate-component";
import { shared } from "../support/shared";

const tags = { project: "p", stack: "s", environment: "e" };

const makeCanary = shared((changes: Partial<CanaryArgs> = {}) =>
  make("canary", () => {
    const userTable = new aws.dynamodb.Table("users", {
      hashKey: "pk",
      attributes: [{ name: "pk", type: "S" }],
    });
    return new Canary("canary", {
      vpcId: "vpc-1",
      vpcCidr: "10.0.0.0/16",
      subnetIds: ["subnet-1", "subnet-2"],
      endpointSecurityGroupId: "sg-endpoint",
      addresses: ["10.0.0.5", "10.0.64.5"],
      userTable: userTable.name,
      tags,
      ...changes,
    });
  }),
);

/** Each of a canary takes a password hash: one change is enough for all that can be changed. */
const changed = { vpcCidr: "172.16.0.0/20", minutes: 1, logRetentionDays: 7 };
/** The same user, and another evaluation. */
const again = { ...changed, minutes: 60 };

const variablesOf = (resource: Resource) =>
  (resource.inputs.environment as { variables: Record<string, string> }).variables;

describe("components/Canary", () => {
  it("makes a function on a schedule, a user and a password for it, and a network that leads to FTP", async () => {
    const { types } = await makeCanary();
    assert.deepEqual(types, [
      "Command",
      "EventRule",
      "EventTarget",
      "Function",
      "LogGroup",
      "Permission",
      "Role",
      "RolePolicy",
      "SecurityGroup",
      "SecurityGroupEgressRule",
      "SecurityGroupEgressRule",
      "SecurityGroupIngressRule",
      "SecurityGroupIngressRule",
      "Table",
      "TableItem",
    ]);
  });

  it("is in the endpoint's subnets and tries each of its addresses, within its timeout", async () => {
    const { child } = await makeCanary();
    const { vpcConfig, timeout, runtime, handler } = child("function").inputs;
    assert.deepEqual(vpcConfig, {
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: [child("network-group").id],
    });
    const { addresses, timeoutMs, user, port } = readSettings(variablesOf(child("function")));
    assert.deepEqual(addresses, ["10.0.0.5", "10.0.64.5"]);
    assert.deepEqual([user, port, runtime, handler], ["canary", 21, "nodejs24.x", "index.handler"]);
    assert.ok(Number(timeout) * 1000 > addresses.length * timeoutMs);
  });

  it("gives its function a password whose hash is the user's, and both as secrets", async () => {
    const { child, resources } = await makeCanary();
    const password = variablesOf(child("function")).FTP_PASSWORD;
    const item = JSON.parse(String(child("user").inputs.item)) as {
      pk: { S: string };
      passwordHashes: { L: { S: string }[] };
      allowedCidrs: { L: { S: string }[] };
    };
    assert.equal(item.pk.S, "user#canary");
    const [{ S: hash }] = item.passwordHashes.L;
    assert.equal(await verifyPassword(password, hash), true);
    assert.deepEqual(child("function").secrets, ["environment"]);
    assert.deepEqual(child("user").secrets, ["item"]);
    const table = resources.find(({ name }) => name === "users");
    assert.equal(child("user").inputs.tableName, table?.outputs.name);
  });

  it("may log in from the VPC only, and has the same record at every evaluation", async () => {
    const { child } = await makeCanary(changed);
    const text = String(child("user").inputs.item);
    assert.deepEqual((JSON.parse(text) as { allowedCidrs: unknown }).allowedCidrs, {
      L: [{ S: "172.16.0.0/20" }],
    });
    assert.equal((await makeCanary(again)).child("user").inputs.item, text);
  });

  it("has a role that only places it in a VPC and writes to its own log, for Lambda alone", async () => {
    const { child } = await makeCanary();
    const logGroupArn = String(child("logs").outputs.arn);
    assert.deepEqual(JSON.parse(String(child("access").inputs.policy)), canaryAccess(logGroupArn));
    const { Statement } = JSON.parse(String(child("role").inputs.assumeRolePolicy)) as {
      Statement: { Principal: unknown }[];
    };
    assert.deepEqual(
      Statement.map(({ Principal }) => Principal),
      [{ Service: "lambda.amazonaws.com" }],
    );
  });

  it("keeps that permission until the group, and with it Lambda's network interfaces, are deleted", async () => {
    const { child } = await makeCanary();
    const dependencies = (name: string) => child(name).options?.dependsOn as string[];
    assert.deepEqual(dependencies("network-group"), [child("access").key]);
    assert.deepEqual(dependencies("function"), [child("access").key]);
  });

  for (const [changes, expression] of [
    [{}, "rate(5 minutes)"],
    [changed, "rate(1 minute)"],
    [again, "rate(60 minutes)"],
  ] as const) {
    it(`runs at ${expression}, called by its own rule and no other`, async () => {
      const { child } = await makeCanary(changes);
      const rule = child("schedule");
      assert.equal(rule.inputs.scheduleExpression, expression);
      const { principal, sourceArn, action } = child("permission").inputs;
      assert.deepEqual(
        [principal, sourceArn, action],
        ["events.amazonaws.com", rule.outputs.arn, "lambda:InvokeFunction"],
      );
      const { rule: of, arn } = child("target").inputs;
      assert.deepEqual([of, arn], [rule.outputs.name, child("function").outputs.arn]);
    });
  }

  it("logs into a group that forgets, and tags everything", async () => {
    const { child, resources } = await makeCanary();
    assert.equal(child("logs").inputs.retentionInDays, 90);
    assert.equal((await makeCanary(changed)).child("logs").inputs.retentionInDays, 7);
    const { logGroup } = child("function").inputs.loggingConfig as { logGroup: string };
    assert.equal(logGroup, child("logs").outputs.name);
    for (const suffix of ["logs", "role", "function", "schedule"]) {
      assert.deepEqual(child(suffix).inputs.tags, tags, suffix);
    }
    assert.ok(resources.every(({ protect }) => !protect));
  });
});
