import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { root } from "./stack-values";

describe("test/support/reporter", () => {
  for (const env of [{}, { CI: "true" }]) {
    it(`closes with a line of counts, without colours where none can be seen ${JSON.stringify(env)}`, () => {
      const { stdout } = spawnSync(
        process.execPath,
        ["node_modules/mocha/bin/mocha.js", "test/support/shared.test.ts"],
        { cwd: root, encoding: "utf8", env: { PATH: process.env.PATH, ...env } },
      );
      assert.match(stdout, /✔[^]*\n2 passed, 0 failed, 0 skipped\n$/);
      assert.doesNotMatch(stdout, /\u{1b}/u);
    });
  }
});
