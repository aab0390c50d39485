import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { each, runScript, scripts } from "../docs/parse-with-tool";
import { root } from "../support/golden";

/** An option each script has, misspelt, after what has to come before it. */
const misspelt: Record<string, readonly string[]> = {
  start: ["--recrod"],
  users: ["add", "x", "--jsn"],
  canal: ["status", "--jsn"],
  verify: ["--twn"],
  doctor: ["--jsn"],
  cost: ["--jsn"],
  sims: ["attach", "--prallel"],
  bench: ["--rusn"],
  replay: ["x.txt", "--prot"],
  conformance: ["--hots"],
  redrive: ["--lits"],
  "soracom-api": ["--fualt"],
  picture: ["--stak"],
};

/** The modification times of what a script that starts work would write first. */
const traces = () =>
  ["test/golden/dev.json", ".twin", "api-docs"].map((place) => {
    const file = path.join(root, place);
    return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
  });

describe("scripts of package.json", function () {
  this.timeout(120_000);

  it("--help of each: exit code 0, examples, and no work is started", async () => {
    const before = traces();
    await each(Object.keys(scripts), async (name) => {
      const begun = Date.now();
      const { code, stdout, stderr } = await runScript(name, ["--help"]);
      assert.equal(code, 0, `${name}: ${stderr}`);
      assert.match(stdout, /^Usage: npm /m, name);
      assert.match(stdout, /^Examples?:\n +.*npm /m, name);
      assert.ok(Date.now() - begun < 20_000, `${name} took ${Date.now() - begun} ms`);
    });
    assert.deepEqual(traces(), before);
  });

  it("a misspelt option is answered with the right one", async () => {
    const own = Object.keys(scripts).filter((name) => name in misspelt);
    assert.ok(own.length >= 12, own.join(" "));
    await each(own, async (name) => {
      const { code, stderr } = await runScript(name, misspelt[name]);
      assert.notEqual(code, 0, name);
      assert.match(stderr, /Did you mean --\w+/, `${name}: ${stderr}`);
    });
  });

  it("a script without options of its own names what it does not know", async () => {
    const without = Object.keys(scripts).filter((name) => !(name in misspelt));
    const passing = ["test", "fuzz"]; // Options are mocha's.
    await each(
      without.filter((name) => !passing.includes(name)),
      async (name) => {
        const { code, stderr } = await runScript(name, ["--nothing-of-the-kind"]);
        assert.notEqual(code, 0, name);
        assert.match(stderr, /unknown option '--nothing-of-the-kind'/, name);
      },
    );
  });
});
