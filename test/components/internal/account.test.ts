import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";

import { lookUpAccount, trustInTransfer } from "../../../components/internal/account";
import { make, policyOf } from "../../support/evaluate-component";

describe("components/internal/account", () => {
  it("reads account, region and partition of the provider", async () => {
    const { child } = await make("one", () => {
      const parent = new aws.iam.Role("one-parent", { assumeRolePolicy: "{}" });
      const { accountId, region, partition } = lookUpAccount(parent);
      new aws.iam.Role("one-role", {
        assumeRolePolicy: "{}",
        tags: { accountId, region, partition },
      });
    });
    assert.deepEqual(child("role").inputs.tags, {
      accountId: "123456789012",
      region: "ap-northeast-1",
      partition: "aws",
    });
  });

  it("trusts Transfer Family for users, or for servers, of this account only", async () => {
    for (const resource of ["user/*", "server/*"] as const) {
      const { child } = await make("one", () => {
        const parent = new aws.iam.Role("one-parent", { assumeRolePolicy: "{}" });
        new aws.iam.Role("one-role", { assumeRolePolicy: trustInTransfer(parent, resource) });
      });
      const [{ Condition }] = policyOf(child("role"), "assumeRolePolicy").Statement;
      assert.deepEqual(Condition, {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: {
          "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:123456789012:${resource}`,
        },
      });
    }
  });
});
