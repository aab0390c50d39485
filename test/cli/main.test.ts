import assert from "node:assert/strict";

import { commandGroups } from "../../cli/registry";
import { runCli } from "../support/cli-context";

const names = Object.values(commandGroups).flatMap((group) => group.map(({ name }) => name));

describe("canal-ftp", () => {
  it("prints an overview of one screen with every command", async () => {
    const { code, stdout } = await runCli(["--help"]);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.ok(lines.length <= 28, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    for (const name of names) assert.match(stdout, new RegExp(`^ {2}${name} +\\S`, "m"));
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
