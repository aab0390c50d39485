import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { loadCommand } from "../../cli/main";
import { groups, overview } from "../../cli/overview.cjs";
import { runCli } from "../support/cli-context";
import { root } from "../support/golden";

const names = Object.values(groups).flatMap((commands) => Object.keys(commands));

describe("the commands", () => {
  it("are the folders with a command, each once", () => {
    const cli = path.join(__dirname, "../../cli");
    const folders = fs
      .readdirSync(cli)
      // cli/core has what commands share.
      .filter((name) => name !== "core" && fs.existsSync(path.join(cli, name, "command.ts")));
    assert.deepEqual([...names].sort(), folders.sort());
  });

  for (const name of names) {
    it(`load ${name}`, async () => {
      assert.equal(typeof (await loadCommand(name)).define, "function");
    });
  }
});

describe("canal-ftp", () => {
  it("prints an overview of one screen with every command", async () => {
    const { code, stdout } = await runCli(["--help"]);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.ok(lines.length <= 28, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    for (const name of names) assert.match(stdout, new RegExp(`^ {2}${name} +\\S`, "m"));
  });

  it("prints the overview as a process without loading any package", () => {
    const script = `
      process.argv.push("--help");
      require("./cli/canal-ftp.cjs");
      console.error(Object.keys(require.cache).filter((file) => file.includes("node_modules")).length);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script, "x"], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(stdout, overview());
    assert.equal(stderr, "0\n");
  });

  it("prints the overview for no command at all, and exits with 2", async () => {
    const { code, stderr } = await runCli([]);
    assert.equal(code, 2);
    assert.match(stderr, /^Usage: canal-ftp <command>/m);
  });

  for (const name of names) {
    it(`${name} --help describes it`, async () => {
      const { code, stdout } = await runCli([name, "--help"]);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: canal-ftp ${name} `));
      assert.match(stdout, /^Examples?:\n {2}\S/m);
    });

    it(`${name} --jsno is rejected with exit code 2`, async () => {
      const { code, stderr } = await runCli([name, "--jsno"]);
      assert.equal(code, 2);
      assert.match(stderr, /unknown option '--jsno'/);
    });
  }

  it("suggests the nearest command", async () => {
    const { code, stderr } = await runCli(["verfy"]);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean verify\?/);
  });
});
