import assert from "node:assert/strict";

import { everyOption, removable } from "../../../cli/deploy-role/every-option";
import { deployPolicies } from "../../../cli/deploy-role/policy";
import { deployTarget } from "../../../cli/deploy-role/target";
import { contractStacks } from "../../contract/stacks";
import { evaluateStack } from "../../support/golden";

const typesOf = (resources: readonly { readonly type: string }[]) =>
  new Set(resources.map(({ type }) => type));

describe("deploy role: every option", function () {
  this.timeout(180_000);

  it("creates every resource type that a configuration creates", async () => {
    const { resources } = await evaluateStack("dev", everyOption("canal-ftp"));
    const complete = new Set(resources.map(({ type }) => type));
    for (const [name, evaluate] of Object.entries(contractStacks)) {
      const types = (await evaluate()).resources.map(({ type }) => type);
      assert.deepEqual(
        types.filter((type) => !complete.has(type)),
        [],
        name,
      );
    }
  });

  it("lets a stack without them delete the canary, the name and the budget, and no VPC", async () => {
    const { resources } = await evaluateStack("dev", everyOption("canal-ftp"));
    const removed = typesOf(removable(resources));
    const kept = [...typesOf(resources)].filter((type) => !removed.has(type));
    assert.deepEqual(kept.sort(), [
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "awsx:ec2:Vpc",
    ]);
    const stack = await contractStacks["existing VPC"]();
    const policies = deployPolicies(
      { ...stack, removable: removable(resources) },
      deployTarget("canal-ftp", "dev", { "aws:region": "ap-northeast-1" }),
    );
    const allowed = new Set(
      policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
    );
    for (const action of ["ec2:DeleteVpc", "ec2:DeleteSubnet", "route53:CreateHostedZone"]) {
      assert.ok(!allowed.has(action), action);
    }
    for (const action of [
      "ec2:DetachNetworkInterface",
      "budgets:ModifyBudget",
      "route53:DeleteHostedZone",
    ]) {
      assert.ok(allowed.has(action), action);
    }
  });
});
