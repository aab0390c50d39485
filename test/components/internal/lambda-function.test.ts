import assert from "node:assert/strict";
import * as path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lambdaFunction } from "../../../components/internal/lambda-function";
import { bundleFunction } from "../../../lambdas/bundle";
import { make, policyOf } from "../../support/evaluate-component";
import { root } from "../../support/stack-values";

const tags = { stack: "s" };

const made = () =>
  make("fn", () => {
    const parent = new pulumi.ComponentResource("canal-ftp:index:Holder", "holder");
    return lambdaFunction(
      "fn",
      {
        source: "canary",
        description: "Does something",
        roleDescription: "Of what does something",
        memorySize: 256,
        timeoutSeconds: 9,
        logRetentionDays: 7,
        access: (role) =>
          new aws.iam.RolePolicyAttachment(
            "fn-access",
            { role: role.name, policyArn: "arn:aws:iam::aws:policy/None" },
            { parent },
          ),
        variables: { A: "b" },
        tags,
      },
      parent,
    );
  });

describe("components/internal/lambda-function", () => {
  it("has its code, bundled, and runs it as configured", async () => {
    const { inputs } = (await made()).child("function");
    const { runtime, handler, memorySize, timeout, architectures, vpcConfig } = inputs;
    assert.deepEqual([runtime, handler], ["nodejs24.x", "index.handler"]);
    assert.deepEqual([memorySize, timeout, architectures], [256, 9, ["arm64"]]);
    assert.equal(vpcConfig, undefined);
    assert.deepEqual(inputs.environment, { variables: { A: "b" } });
    const { assets } = inputs.code as pulumi.asset.AssetArchive;
    const file = (await assets)["index.js"] as pulumi.asset.StringAsset;
    const code = await bundleFunction(path.join(root, "lambdas", "canary", "handler.ts"));
    assert.equal(await file.text, code);
  });

  it("logs into its own group, by a role that Lambda alone may assume", async () => {
    const { child, resources } = await made();
    assert.deepEqual(child("function").inputs.loggingConfig, {
      logFormat: "Text",
      logGroup: child("logs").outputs.name,
    });
    assert.equal(child("logs").inputs.retentionInDays, 7);
    assert.equal(child("function").inputs.role, child("role").outputs.arn);
    const [trust, ...more] = policyOf(child("role"), "assumeRolePolicy").Statement as object[];
    assert.deepEqual(more, []);
    assert.deepEqual((trust as { Principal: unknown }).Principal, {
      Service: "lambda.amazonaws.com",
    });
    const own = resources.filter(({ name }) => name.startsWith("fn-"));
    assert.ok(own.every(({ parent }) => parent === "canal-ftp:index:Holder::holder"));
    for (const suffix of ["logs", "role", "function"]) {
      assert.deepEqual(child(suffix).inputs.tags, tags, suffix);
    }
  });
});
