import assert from "node:assert/strict";

import { runCli } from "../../support/cli-context";

describe("canal-ftp deploy-role", function () {
  this.timeout(120_000);

  it("prints JSON, with the account that was asked for", async () => {
    const options = ["--stack", "dev", "--json", "--account", "111111111111"];
    const { code, stdout, stderr } = await runCli(["deploy-role", ...options]);
    assert.deepEqual([code, stderr], [0, ""]);
    const policies = JSON.parse(stdout) as { Version: string }[];
    assert.ok(policies.length > 1 && policies.every(({ Version }) => Version === "2012-10-17"));
    assert.ok(stdout.includes("arn:aws:iam::111111111111:role/canal-ftp-dev-*"));
  });

  it("prints each policy with its size on standard error", async () => {
    const { code, stdout, stderr } = await runCli(["deploy-role", "--stack", "dev"]);
    assert.equal(code, 0);
    const sizes = stderr.match(/^Policy \d of \d, \d+ characters:$/gm) ?? [];
    assert.equal(sizes.length, stdout.match(/"Version"/g)?.length);
  });

  it("rejects wrong options with a reason", async () => {
    const account = await runCli(["deploy-role", "--stack", "dev", "--account", "12"]);
    assert.deepEqual([account.code, account.stdout], [2, ""]);
    assert.match(account.stderr, /"12" given; allowed: twelve digits/);
    assert.equal((await runCli(["deploy-role", "--stack", "nowhere"])).code, 2);
  });
});
