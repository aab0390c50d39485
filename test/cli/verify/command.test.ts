import assert from "node:assert/strict";

import { runIt } from "./support";

describe("canal-ftp verify", () => {
  for (const [argv, message] of [
    [["--data", "x", "--stack", "dev"], /add --twin/],
    [["--stack", "none"], /Allowed choices are dev, prod/],
    [["--twn"], /Did you mean --twin\?/],
  ] as const) {
    it(`rejects ${argv.join(" ")} with exit code 2`, async () => {
      const { code, stderr } = await runIt(argv);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
