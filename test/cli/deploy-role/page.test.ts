import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { policiesShown, PAGE } from "../../../cli/deploy-role/deploy-role";
import { needs } from "../../../cli/deploy-role/needs";
import { MARK, pageWith } from "../../../cli/deploy-role/page";
import { POLICIES_LIMIT, unknownTypes } from "../../../cli/deploy-role/policy";
import { runDeployRole } from "../../../cli/deploy-role/program";
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
  it("knows every type of the stacks, with every option of theirs that adds one", async () => {
    for (const stack of goldenStacks) {
      const { resources } = await evaluateStack(stack, {
        "canal-ftp:alarmEmails": '["ops@example.com"]',
        "canal-ftp:budgetUsd": "300",
        "canal-ftp:canary": "true",
        "canal-ftp:deviceName": "ftp.plant.internal",
      });
      const types = new Set(resources.map(({ type }) => type));
      assert.ok(types.has("aws:budgets/budget:Budget") && types.has("aws:route53/zone:Zone"));
      assert.deepEqual(unknownTypes(types), []);
    }
  });

  it("has its page as the script writes it (renew with npm run deploy-role -- --write)", async () => {
    const page = fs.readFileSync(path.join(root, PAGE), "utf8");
    const stacks = await policiesShown(root);
    for (const policies of Object.values(stacks)) assert.ok(policies.length <= POLICIES_LIMIT);
    assert.equal(await pageWith(page, stacks), page);
    for (const type of Object.keys(needs)) assert.ok(page.includes(`### ${type}\n`), type);
    await assert.rejects(pageWith(page.replace(MARK, ""), stacks), /lost its line/);
  });

  it("prints JSON for a script, with the account that was asked for", async () => {
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

  it("says what is wrong with what was asked", async () => {
    const without = await run();
    assert.deepEqual([without.exitCode, without.out], [2, ""]);
    assert.match(without.error, /Say which stack/);
    const account = await run("--stack", "dev", "--account", "12");
    assert.equal(account.exitCode, 2);
    assert.match(account.error, /"12" given; allowed: twelve digits/);
    assert.equal((await run("--stack", "nowhere")).exitCode, 2);
  });
});
