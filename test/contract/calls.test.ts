import assert from "node:assert/strict";

import type { Evaluation, Resource } from "../../lib/stack/resource";
import { maxNameCharacters } from "../../stacks/stack-name";
import { creationCalls } from "./api-calls";
import { type ApiCall, problemsOf, whyNoModels } from "./aws-models";
import { beyondLimits, documentedLimits } from "./documented-limits";
import { contractStacks, stackNamed } from "./stacks";

interface Creation {
  readonly resource: Resource;
  readonly call: ApiCall;
}

const creationsOf = ({ resources }: Evaluation): Creation[] =>
  resources.flatMap((resource) => creationCalls(resource).map((call) => ({ resource, call })));

/** What is wrong with the calls, by the services' models and the documented limits. */
function mistakesIn(creations: readonly Creation[]): string[] {
  const found = problemsOf(creations.map(({ call }) => call));
  return creations.flatMap(({ resource, call }, index) =>
    [...found[index], ...beyondLimits(call)].map((text) => `${resource.name}: ${text}`),
  );
}

/** A call of an operation, with other parameters. */
function changed(
  creations: readonly Creation[],
  [service, operation]: readonly [string, string],
  parameters: Record<string, unknown>,
): Creation[] {
  const found = creations.find(
    ({ call }) => call.service === service && call.operation === operation,
  )!;
  const call = { ...found.call, parameters: { ...found.call.parameters, ...parameters } };
  return [{ ...found, call }];
}

describe("contract: calls", function () {
  this.timeout(180_000);
  if (whyNoModels) {
    it.skip(`are what AWS's service models accept (${whyNoModels})`);
    return;
  }
  const creations: Record<string, Creation[]> = {};
  before(async () => {
    for (const [name, evaluate] of Object.entries(contractStacks)) {
      creations[name] = creationsOf(await evaluate());
    }
  });

  it("that create the resources of each stack are what the service models accept", () => {
    for (const [name, calls] of Object.entries(creations)) {
      assert.deepEqual(mistakesIn(calls), [], name);
      const operations = new Set(calls.map(({ call }) => `${call.service}.${call.operation}`));
      console.log(`      ${name}: ${calls.length} calls of ${operations.size} operations`);
    }
  });

  it("have every documented limit in use", () => {
    const made = new Set(
      Object.values(creations).flatMap((calls) =>
        calls.map(({ call }) => `${call.service}.${call.operation}`),
      ),
    );
    for (const { call } of documentedLimits) assert.ok(made.has(call), call);
  });

  it("accept the longest names of project and stack that the configuration accepts, and no longer ones", async () => {
    const named = (length: number) => `${"o".repeat(length - "-production".length)}-production`;
    const longest = creationsOf(await stackNamed(named(maxNameCharacters)));
    assert.deepEqual(mistakesIn(longest), []);
    await assert.rejects(
      stackNamed(named(maxNameCharacters + 1)),
      /project and stack name: .* allowed: 32 characters at most/,
    );
    const longer = longest.map(({ resource, call }) => ({
      resource,
      call: JSON.parse(
        JSON.stringify(call).replaceAll(named(maxNameCharacters), named(maxNameCharacters + 1)),
      ) as ApiCall,
    }));
    const mistakes = mistakesIn(longer);
    assert.ok(mistakes.length > 0);
    assert.ok(
      mistakes.every((text) => /-function: FunctionName/.test(text)),
      mistakes.join("\n"),
    );
  });

  it("are rejected with a long name, a wrong choice, a member more, a member less, an item too many", () => {
    const calls = creations["everything on"];
    const rejected = (
      operation: readonly [string, string],
      parameters: Record<string, unknown>,
      reason: RegExp,
    ) => assert.match(mistakesIn(changed(calls, operation, parameters)).join("\n"), reason);
    rejected(["iam", "CreateRole"], { RoleName: "r".repeat(65) }, /65 characters, at most 64/);
    rejected(["lambda", "CreateFunction"], { FunctionName: "f".repeat(65) }, /FunctionName/);
    rejected(["lambda", "CreateFunction"], { runtime: "nodejs99.x" }, /none of nodejs/);
    rejected(["transfer", "CreateServer"], { protocols: ["FTP", "TFTP"] }, /'TFTP' is none of/);
    rejected(["iam", "CreateRole"], { RoleName: "a b" }, /does not match/);
    rejected(["dynamodb", "CreateTable"], { TableName: "a b" }, /not allowed/);
    rejected(["events", "PutRule"], { speed: 1 }, /Unknown parameter/);
    rejected(["ec2", "CreateSubnet"], { vpcId: undefined }, /Missing required .* "VpcId"/);
    rejected(["logs", "PutRetentionPolicy"], { retentionInDays: "a year" }, /Invalid type/);
    rejected(["ec2", "CreateSecurityGroup"], { description: "Ports: 21 > 20" }, /not allowed/);
    const emails = Array.from({ length: 11 }, (_, i) => ({
      SubscriptionType: "EMAIL",
      Address: `operator${i}@example.com`,
    }));
    const notification = {
      NotificationType: "ACTUAL",
      ComparisonOperator: "GREATER_THAN",
      Threshold: 80,
    };
    rejected(
      ["budgets", "CreateBudget"],
      { NotificationsWithSubscribers: [{ Notification: notification, Subscribers: emails }] },
      /Subscribers: .* is not allowed/,
    );
  });
});
