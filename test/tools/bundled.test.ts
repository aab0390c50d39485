import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { OwnProject } from "./own-project";

describe("tools/bundled.cjs", () => {
  let project: OwnProject;

  beforeEach(() => {
    project = new OwnProject("esbuild", "@pulumi", "typescript");
  });
  afterEach(() => project.remove());

  /** What main.ts prints; and whether esbuild had to make anything. */
  function run(before = ""): { readonly said: string; readonly hadToMake: boolean } {
    const marks = path.join(project.place, "made");
    const script = `
      const children = require("node:child_process");
      const { spawnSync } = children;
      children.spawnSync = (...given) => {
        require("node:fs").writeFileSync(${JSON.stringify(marks)}, "");
        return spawnSync(...given);
      };
      ${before}
      require("./tools/bundled.cjs").run(require.resolve("./room/main.ts"));`;
    fs.rmSync(marks, { force: true });
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: project.place,
      encoding: "utf8",
    });
    return { said: stdout || stderr, hadToMake: fs.existsSync(marks) };
  }

  it("makes one file of a script once", () => {
    assert.deepEqual(run(), { said: "one\n", hadToMake: true });
    assert.deepEqual(run(), { said: "one\n", hadToMake: false });
    assert.equal(project.keptFiles(/\.js$/).length, 1);
  });

  it("makes it again when a source has changed, even by a text as long, and keeps no more for it", () => {
    run();
    project.write("word.ts", `export const word: string = "two";\n`);
    // As npm does with all files of a package.
    const old = new Date("1985-10-26T08:15:00Z");
    fs.utimesSync(path.join(project.place, "room", "word.ts"), old, old);
    assert.deepEqual(run(), { said: "two\n", hadToMake: true });
    assert.deepEqual(run(), { said: "two\n", hadToMake: false });
    assert.equal(project.keptFiles(/\.js$/).length, 1);
  });

  it("keeps what V8 compiled, once it is known what is used", () => {
    const rejected = `
      const vm = require("node:vm");
      const { Script } = vm;
      vm.Script = class extends Script {
        constructor(...given) {
          super(...given);
          process.on("exit", () => console.log(String(this.cachedDataRejected)));
        }
      };`;
    // Nothing is kept of a process that ends before.
    assert.equal(run(rejected).said, "one\nundefined\n");
    assert.equal(run(`${rejected} setTimeout(() => {}, 2500);`).said, "one\nundefined\n");
    assert.equal(run(rejected).said, "one\nfalse\n");
    const [code] = project.keptFiles(/\.js\.v\d/);
    fs.writeFileSync(path.join(project.kept, code), "not V8's");
    assert.equal(run(rejected).said, "one\ntrue\n");
  });

  it("runs a script where nothing can be kept, or made", () => {
    fs.writeFileSync(path.join(project.place, "node_modules", ".cache"), "no folder");
    assert.deepEqual(run(), { said: "one\n", hadToMake: true });
  });

  it("says what is wrong with a source as the loader does", () => {
    project.write("word.ts", "export const word = ;\n");
    assert.match(run().said, /word\.ts:1:20: ERROR: Unexpected ";"/);
  });

  it("finds packages' files from where the script is", () => {
    project.write("main.ts", `console.log(require.resolve("esbuild/package.json"));\n`);
    assert.equal(run().said, `${path.join(root, "node_modules/esbuild/package.json")}\n`);
  });

  it("leaves out of Pulumi's SDK what the loader leaves out, until it is used", () => {
    project.write(
      "main.ts",
      `
      import * as pulumi from "@pulumi/pulumi";
      import { debuggablePromise } from "@pulumi/pulumi/runtime/debuggable";

      const loaded = () =>
        Object.keys(require.cache).some((file) => /typescript.lib|arborist|pulumi.automation/.test(file));
      const [first, second]: any[] = [Promise.resolve(), Promise.resolve()];
      void debuggablePromise(first, "test");
      void debuggablePromise(second, "test");
      console.log(loaded(), second._debugStackTrace);
      console.log(typeof pulumi.automation.LocalWorkspace.createStack, loaded());`,
    );
    // The script's own `require` has the cache that Node has.
    assert.equal(run().said, "false undefined\nfunction true\n");
  });
});
