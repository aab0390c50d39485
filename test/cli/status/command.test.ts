import assert from "node:assert/strict";

import { runCli } from "../../support/cli-context";

describe("canal-ftp status, its command line", () => {
  for (const [argv, message] of [
    [["--stack", "none"], /Allowed choices are dev, prod/],
    [["--jsn"], /Did you mean --json\?/],
    [["dev"], /too many arguments/],
  ] as const) {
    it(`rejects ${argv.join(" ")} with exit code 2`, async () => {
      const { code, stderr } = await runCli(["status", ...argv]);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
