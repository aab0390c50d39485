import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { pageFile, policiesShown } from "../../../cli/deploy-role/deploy-role";
import { writtenMark, pageWith } from "../../../cli/deploy-role/page";
import { policiesLimit } from "../../../cli/deploy-role/policy";
import { runDeployRole } from "../../../cli/deploy-role/program";
import { invokes, resourceTypes, typesWithout } from "../../../resources";
import { evaluateStack, goldenStacks, root } from "../../support/golden";

/** Runs the command line; what it would print is kept. */
async function run(...argv: string[]) {
  let out = "";
  let error = "";
  const exitCode = await runDeployRole(argv, {
    root,
    env: {},
    out: (text) => (out += text),
    error: (text) => (error += text),
    errorIsTerminal: false,
    stop: new AbortController().signal,
    runTool: () => Promise.reject(new Error("no tool is needed")),
  });
  return { exitCode, out, error };
}

describe("deploy role", () => {
  it("knows every type and function of the stacks, with every option that adds one", async () => {
    for (const stack of goldenStacks) {
      const evaluated = await evaluateStack(stack, {
        "canal-ftp:alarmEmails": '["ops@example.com"]',
        "canal-ftp:budgetUsd": "300",
        "canal-ftp:canary": "true",
        "canal-ftp:deviceName": "ftp.plant.internal",
      });
      const types = new Set(evaluated.resources.map(({ type }) => type));
      assert.ok(types.has("aws:budgets/budget:Budget") && types.has("aws:route53/zone:Zone"));
      assert.deepEqual(typesWithout("actions", evaluated.resources), []);
      assert.ok(evaluated.invokes.includes("aws:ec2/getVpcEndpoint:getVpcEndpoint"));
      for (const token of evaluated.invokes) assert.ok(token in invokes, token);
    }
  });

  it("has the page that npx canal-ftp deploy-role --write writes", async () => {
    const page = fs.readFileSync(path.join(root, pageFile), "utf8");
    const stacks = await policiesShown(root);
    for (const policies of Object.values(stacks)) assert.ok(policies.length <= policiesLimit);
    assert.equal(await pageWith(page, stacks), page);
    for (const [type, { actions }] of Object.entries(resourceTypes)) {
      if (actions && actions !== "none") assert.ok(page.includes(`### ${type}\n`), type);
    }
    await assert.rejects(pageWith(page.replace(writtenMark, ""), stacks), /does not have the line/);
  });

  it("prints JSON, with the account that was asked for", async () => {
    const { exitCode, out, error } = await run(
      "--stack",
      "dev",
      "--json",
      "--account",
      "111111111111",
    );
    assert.equal(exitCode, 0);
    assert.equal(error, "");
    const policies = JSON.parse(out) as { Version: string }[];
    assert.ok(policies.length > 1 && policies.every(({ Version }) => Version === "2012-10-17"));
    assert.ok(out.includes("arn:aws:iam::111111111111:role/canal-ftp-dev-*"));
  });

  it("rejects wrong options with a reason", async () => {
    const without = await run();
    assert.deepEqual([without.exitCode, without.out], [2, ""]);
    assert.match(without.error, /Say which stack/);
    const account = await run("--stack", "dev", "--account", "12");
    assert.equal(account.exitCode, 2);
    assert.match(account.error, /"12" given; allowed: twelve digits/);
    assert.equal((await run("--stack", "nowhere")).exitCode, 2);
  });
});
