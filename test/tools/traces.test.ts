import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";

describe("tools/traces.cjs", () => {
  let place: string;
  before(() => {
    fs.mkdirSync(path.join(root, ".twin"), { recursive: true });
    place = fs.mkdtempSync(path.join(root, ".twin", "traces-"));
    fs.writeFileSync(path.join(place, "Pulumi.yaml"), "name: traces\n");
  });
  after(() => fs.rmSync(place, { recursive: true, force: true }));

  /** Runs a program of one file as Pulumi's runner would load it. */
  function run(text: string): string {
    const file = path.join(place, "program.ts");
    fs.writeFileSync(file, text);
    const script = `
      require("source-map-support/register");
      require("./tools/register.cjs");
      require("./tools/traces.cjs");
      require(${JSON.stringify(file)});`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: root,
      encoding: "utf8",
    });
    return stdout + stderr;
  }

  it("name the line of the TypeScript", () => {
    const text = `type Long = {\n  a: string;\n};\n\nthrow new Error("here" satisfies string);\n`;
    assert.match(run(text), /program\.ts:5/);
  });

  it("do so in a look at the stack, as Pulumi takes one for each resource, the second time as well", () => {
    const text = `type Long = {\n  a: string;\n};\n
      const look = () => new Error().stack satisfies string | undefined;
      const [first, second] = [1, 2].map(look);
      console.log(first === second, first);`;
    const said = run(text);
    assert.match(said, /^true Error\n +at look \(.*program\.ts:5:\d+\)/);
    assert.match(said, /program\.ts:6:\d+\)\n/);
  });

  it("leave packages as they are installed: their sources are not", () => {
    const text = `
      import { Resource } from "@pulumi/pulumi";
      const files = (Resource as any).callsites().map(({ file }: { file?: string }) => file ?? "");
      console.log(files.find((file: string) => file.includes("node_modules")));`;
    assert.match(run(text), /@pulumi.pulumi.resource\.js\n$/);
  });
});
