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
      // As many as it has listed: the file it runs is a test like others.
      const listed = stdout.match(/✔/g)?.length;
      assert.ok(stdout.endsWith(`\n${listed} passed, 0 failed, 0 skipped\n`), stdout);
      assert.doesNotMatch(stdout, /\u{1b}/u);
    });
  }
});
