import assert from "node:assert/strict";
import * as path from "node:path";

import type { Evaluation } from "../../lib/stack/resource";
import { unknownTypeNotices } from "../../resources";
import { runCli } from "../support/cli-context";
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

  it("is no part of the picture, which is drawn with that notice", async () => {
    const { code, stdout, stderr } = await runCli(["picture", "--stack", "dev"], {
      root: copy.folder,
    });
    assert.equal(code, 0);
    assert.match(stdout, /^<svg /);
    assert.equal(stderr, `${unknownTypeNotices(stack.resources).join("\n")}\n`);
  });

  it("is listed by cost as not priced", async () => {
    const { code, stdout } = await runCli(["cost", "--stack", "dev"], { root: copy.folder });
    assert.equal(code, 0);
    assert.match(stdout, /^Not priced: aws:ssm\/parameter:Parameter \(1\)\..* resources\/ssm\.ts/m);
  });

  it("stops deploy-role with its name and file", async () => {
    const { code, stdout, stderr } = await runCli(["deploy-role", "--stack", "dev"], {
      root: copy.folder,
    });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^ {2}aws:ssm\/parameter:Parameter to resources\/ssm\.ts$/m);
  });
});
