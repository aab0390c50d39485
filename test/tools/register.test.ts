import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { OwnProject } from "./own-project";

describe("tools/register.cjs", () => {
  let project: OwnProject;

  beforeEach(() => {
    project = new OwnProject("esbuild");
  });
  afterEach(() => project.remove());

  const entries = () => project.keptFiles(/\.js$/);

  /** What main.ts prints; with `esbuild` gone, a process that has to compile fails. */
  function run({ withoutEsbuild = false } = {}): string {
    const preload = path.join(project.place, "without-esbuild.cjs");
    fs.writeFileSync(
      preload,
      `const load = require("node:module")._load;
       require("node:module")._load = (name, ...rest) => {
         if (name === "esbuild") throw new Error("had to compile");
         return load(name, ...rest);
       };`,
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...(withoutEsbuild ? ["-r", preload] : []),
        ...[
          "-r",
          path.join(project.place, "tools", "register.cjs"),
          path.join(project.place, "room", "main.ts"),
        ],
      ],
      { encoding: "utf8" },
    );
    return stdout || stderr;
  }

  it("compiles once: the next process takes what is kept", () => {
    assert.equal(run(), "one\n");
    assert.equal(run({ withoutEsbuild: true }), "one\n");
    assert.equal(entries().length, 2);
  });

  it("compiles again what has changed, and keeps no more for it", () => {
    run();
    project.write("word.ts", `export const word: string = "two";\n`);
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
    assert.equal(run(), "two\n");
    assert.equal(run({ withoutEsbuild: true }), "two\n");
    assert.equal(entries().length, 2);
  });

  it("compiles again what is damaged, and what another version of the loader has kept", () => {
    run();
    for (const entry of entries()) fs.truncateSync(path.join(project.kept, entry), 10);
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
    assert.equal(run(), "one\n");
    fs.appendFileSync(path.join(project.place, "tools", "register.cjs"), "// another version\n");
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
  });

  it("works where nothing can be kept", () => {
    fs.writeFileSync(
      path.join(project.place, "node_modules", ".cache"),
      "a file where the folder would be",
    );
    assert.equal(run(), "one\n");
    assert.equal(run(), "one\n");
  });

  it("tells the line of the source in a stack trace", () => {
    project.write(
      "main.ts",
      `type Long = {\n  a: string;\n};\n\nthrow new Error("here" satisfies string);\n`,
    );
    const trace = () =>
      spawnSync(
        process.execPath,
        [
          "--enable-source-maps",
          "-r",
          path.join(project.place, "tools", "register.cjs"),
          path.join(project.place, "room", "main.ts"),
        ],
        { encoding: "utf8" },
      ).stderr;
    assert.match(trace(), /main\.ts:5/);
    assert.match(trace(), /main\.ts:5/);
  });
});
