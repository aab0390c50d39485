import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/golden";

describe("tools/register.cjs", () => {
  let place: string;

  /** A project of its own: the loader keeps code beside itself. */
  beforeEach(() => {
    place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "register-")));
    for (const folder of ["tools", "room", "node_modules"]) fs.mkdirSync(path.join(place, folder));
    for (const file of ["register.cjs", "compile-cache.cjs", "lazily.cjs", "promise-notes.cjs"]) {
      fs.copyFileSync(path.join(root, "tools", file), path.join(place, "tools", file));
    }
    const esbuild = path.join("node_modules", "esbuild");
    fs.symlinkSync(path.join(root, esbuild), path.join(place, esbuild));
    fs.writeFileSync(path.join(place, "Pulumi.yaml"), "name: loaded\n");
    write("word.ts", `export const word: string = "one";\n`);
    write("main.ts", `import { word } from "./word";\nconsole.log(word satisfies string);\n`);
  });
  afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

  const write = (file: string, text: string) =>
    fs.writeFileSync(path.join(place, "room", file), text);
  const folder = () => path.join(place, "node_modules", ".cache", "canal-ftp");
  const entries = () => fs.readdirSync(folder()).filter((name) => name.endsWith(".js"));

  /** What main.ts prints; with `esbuild` gone, a process that has to compile fails. */
  function run({ withoutEsbuild = false } = {}): string {
    const preload = path.join(place, "without-esbuild.cjs");
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
        ...["-r", path.join(place, "tools", "register.cjs"), path.join(place, "room", "main.ts")],
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
    write("word.ts", `export const word: string = "two";\n`);
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
    assert.equal(run(), "two\n");
    assert.equal(run({ withoutEsbuild: true }), "two\n");
    assert.equal(entries().length, 2);
  });

  it("compiles again what is damaged, and what another version of the loader has kept", () => {
    run();
    for (const entry of entries()) fs.truncateSync(path.join(folder(), entry), 10);
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
    assert.equal(run(), "one\n");
    fs.appendFileSync(path.join(place, "tools", "register.cjs"), "// another version\n");
    assert.match(run({ withoutEsbuild: true }), /had to compile/);
  });

  it("works where nothing can be kept", () => {
    fs.writeFileSync(
      path.join(place, "node_modules", ".cache"),
      "a file where the folder would be",
    );
    assert.equal(run(), "one\n");
    assert.equal(run(), "one\n");
  });

  it("tells the line of the source in a stack trace", () => {
    write(
      "main.ts",
      `type Long = {\n  a: string;\n};\n\nthrow new Error("here" satisfies string);\n`,
    );
    const trace = () =>
      spawnSync(
        process.execPath,
        [
          "--enable-source-maps",
          "-r",
          path.join(place, "tools", "register.cjs"),
          path.join(place, "room", "main.ts"),
        ],
        { encoding: "utf8" },
      ).stderr;
    assert.match(trace(), /main\.ts:5/);
    assert.match(trace(), /main\.ts:5/);
  });
});
