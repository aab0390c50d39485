import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { commandGroups } from "../../cli/registry";

describe("commandGroups", () => {
  const entries = Object.values(commandGroups).flat();

  it("lists each folder with a command once", () => {
    const cli = path.join(__dirname, "../../cli");
    const folders = fs
      .readdirSync(cli)
      // cli/core has what commands share.
      .filter((name) => name !== "core" && fs.existsSync(path.join(cli, name, "command.ts")));
    assert.deepEqual(entries.map(({ name }) => name).sort(), folders.sort());
  });

  for (const { name, load } of entries) {
    it(`loads ${name}`, async () => {
      assert.equal(typeof (await load()).define, "function");
    });
  }
});
