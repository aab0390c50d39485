import assert from "node:assert/strict";

import { type Ended, users, usersOnTable } from "./support";

describe("users, the command", () => {
  const { run } = usersOnTable();
  const errorOf = ({ document }: Ended) => document().error as { code: string; message: string };

  it("answers machines with one JSON document, also when it fails", async () => {
    const added = await run("add", "json-1", "--json");
    assert.match(String(added.document().password), /^[A-Za-z0-9]{15}$/);
    assert.equal(errorOf(await run("add", "json-1", "--json")).code, "user-exists");
    assert.equal(errorOf(await run("add", "json-2", "--json", "--nonsense")).code, "usage");
    const elsewhere = ["list", "--stack", "dev", "--table", "elsewhere", "--json"];
    const missing = await users(elsewhere);
    assert.equal(missing.code, 1);
    assert.equal(errorOf(missing).code, "ResourceNotFoundException");
    assert.match(errorOf(missing).message, /no table elsewhere in this region and account/);
  });

  it("explains itself, and names the option that was meant", async () => {
    const help = await users(["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples:[^]*rotate camera-01 --finish/);
    const misspelt = await run("add", "cam-77", "--pasword-stdin");
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.stderr, /Did you mean --password-stdin/);
    const command = await run("lst");
    assert.equal(command.code, 2);
    assert.match(command.stderr, /Did you mean list/);
  });
});
