import assert from "node:assert/strict";

import { runCli } from "../../support/cli-context";

/** Runs the command line. */
async function run(...argv: string[]) {
  const { code, stdout, stderr } = await runCli(["deploy-role", ...argv]);
  return { exitCode: code, out: stdout, error: stderr };
}

describe("canal-ftp deploy-role", () => {
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
