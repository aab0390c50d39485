import assert from "node:assert/strict";
import { execFile } from "node:child_process";

import { root } from "../support/golden";
import { isInstalled } from "../support/run-client";

/** Runs npm as a person would type it. */
function npm(...args: string[]): Promise<{ code: number; output: string }> {
  // Of this run's own npm nothing is handed on.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
  return new Promise((resolve) => {
    execFile(
      "npm",
      args,
      { cwd: root, env: Object.fromEntries(own), timeout: 60_000 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

describe("options that npm takes for its own", function () {
  this.timeout(120_000);
  before(function () {
    if (isInstalled("npm")) return;
    console.log("    npm is not on the PATH: what it takes for its own is not tested.");
    this.skip();
  });

  for (const [args, correction] of [
    [["start", "--console"], /npm start -- --console$/m],
    [["start", "--port", "2122"], /npm start -- --port$/m],
    [["start", "--passive-ports", "9192-9200"], /npm start -- --passive-ports$/m],
    [["run", "users", "add", "camera01", "--twin"], /npm run users -- --twin$/m],
    [["run", "picture", "--stack", "prod"], /npm run (-s )?picture -- --stack$/m],
  ] as const) {
    it(`npm ${args.join(" ")}: nothing is started, and how it is written is told`, async () => {
      const { code, output } = await npm(...args);
      assert.notEqual(code, 0, output);
      assert.match(output, correction);
    });
  }

  it("an option behind -- is the script's, whatever npm was told", async () => {
    const { code, output } = await npm("run", "-s", "--stack", "picture", "--", "--stack", "prod");
    assert.equal(code, 0, output);
    assert.match(output, /canal-ftp, stack prod/);
  });
});
