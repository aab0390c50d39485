import assert from "node:assert/strict";
import * as path from "node:path";

import { deployPolicies } from "../../cli/deploy-role/policy";
import { monthOf } from "../../cli/cost/month";
import { usualUsage } from "../../cli/cost/priced-stack";
import { readPrices } from "../../cli/cost/prices";
import type { Evaluation } from "../../lib/stack/resource";
import { draw } from "../../twin/picture/layout";
import { partsOf } from "../../twin/picture/parts";
import { unknownTypeNotices } from "../../resources";
import { make } from "../support/evaluate-component";
import { copyProgram } from "../support/program-copy";
import { evaluateHere, runTwin } from "../support/running-twin";
import { stackValues } from "../support/stack-values";

const type = "aws:ssm/parameter:Parameter";
const parameter =
  'new aws.ssm.Parameter(`${name}-setting`, { type: "String", value: "1" }, { parent: this });';

/** One resource of a type without an entry in resources/ is added to a component, and nothing else changes. */
describe("a resource type that is not in resources/", function () {
  this.timeout(30_000);
  let copy: ReturnType<typeof copyProgram>;
  let stack: Evaluation;

  before(async () => {
    copy = copyProgram([
      ["components/ftp-server.ts", "    this.registerOutputs(", `    ${parameter}\n$&`],
    ]);
    const { project, values } = stackValues("dev");
    stack = await evaluateHere({
      root: copy.folder,
      project,
      stack: "dev",
      config: values,
      secretKeys: [],
    });
  });
  after(() => copy?.remove());

  it("is evaluated with one notice that names the type and its file", () => {
    assert.equal(stack.resources.filter((resource) => resource.type === type).length, 1);
    const notices = unknownTypeNotices(stack.resources);
    assert.equal(notices.length, 1);
    assert.match(notices[0], /aws:ssm\/parameter:Parameter .* resources\/ssm\.ts/);
  });

  it("is served by the twin, with that notice", async () => {
    const running = await runTwin({ root: copy.folder });
    try {
      const client = await running.client();
      await client.list();
      client.close();
      assert.deepEqual(
        running.notices.filter((text) => text.includes(type)),
        unknownTypeNotices(stack.resources),
      );
    } finally {
      await running.stop();
    }
  });

  it("leaves the picture as it is", () => {
    const drawing = draw(partsOf(stack), {
      language: "en",
      shape: "wide",
      region: "ap-northeast-1",
      project: "canal-ftp",
      stack: "dev",
      caption: true,
    });
    assert.ok(drawing.shapes.length > 0);
  });

  it("is created in a test of its component", async () => {
    const file = path.join(copy.folder, "components", "ftp-server.ts");
    const { FtpServer } = (await import(file)) as typeof import("../../components/ftp-server");
    const { child } = await make(
      "ftp",
      () =>
        new FtpServer("ftp", {
          vpcId: "vpc-1",
          subnetIds: ["subnet-1"],
          securityGroupId: "sg-1",
          identity: { type: "AWS_LAMBDA", function: "arn:function" as never },
        }),
    );
    assert.equal(child("setting").outputs.value, "1");
    assert.match(String(child("setting").outputs.arn), /^arn:aws:ssm:ap-northeast-1:/);
  });

  it("is listed by cost as not priced", () => {
    assert.deepEqual(monthOf(stack, usualUsage, readPrices()).notPriced, [{ type, count: 1 }]);
  });

  it("stops deploy-role with its name and file", () => {
    const target = { partition: "aws", region: "r", account: "*", name: "n", buckets: [] };
    assert.throws(
      () => deployPolicies(stack, target),
      /aws:ssm\/parameter:Parameter to resources\/ssm\.ts/,
    );
  });
});
