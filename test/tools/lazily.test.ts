import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { root } from "../support/golden";

/** What a script prints, with Pulumi's SDK loaded and a list of what is loaded. */
function run(script: string): string[] {
  const loaded = `
    const pulumi = require("@pulumi/pulumi");
    const loaded = () =>
      [/typescript.lib/, /@npmcli.arborist/, /pulumi.automation/, /normalize-package-data/].map((name) =>
        Object.keys(require.cache).some((file) => name.test(file)));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["-r", "./tools/lazily.cjs", "-e", `${loaded}\n${script}`],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return stdout.trim().split("\n");
}

describe("tools/lazily.cjs", () => {
  it("leaves out of Pulumi's SDK what nobody uses", () => {
    assert.deepEqual(run(`console.log(loaded().join());`), ["false,false,false,false"]);
  });

  it("loads it for a program that turns functions into text", () => {
    const script = `
      const word = "hello";
      pulumi.runtime.serializeFunction(() => word).then(({ text }) => {
        console.log(/word: "hello"/.test(text), loaded()[0]);
      });`;
    assert.deepEqual(run(script), ["true true"]);
  });

  it("loads it for one that asks for the packages of such a function", () => {
    const script = `
      pulumi.runtime.computeCodePaths().then((paths) => console.log(paths.size > 0, loaded()[1]));`;
    assert.deepEqual(run(script), ["true true"]);
  });

  it("loads the Automation API for one that uses it", () => {
    const script = `console.log(typeof pulumi.automation.LocalWorkspace.createStack, loaded()[2]);`;
    assert.deepEqual(run(script), ["function true"]);
  });

  it("leaves packages alone that others ask for", () => {
    assert.deepEqual(run(`console.log(require("typescript").version.slice(0, 2), loaded()[0]);`), [
      "5. true",
    ]);
  });
});
