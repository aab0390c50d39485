import assert from "node:assert/strict";

import { failingTable, usersOnTable } from "../support";

describe("users show", () => {
  const site = usersOnTable();
  const { run } = site;

  it("prints access, folders and note of one user, and no hash", async () => {
    const fields = ["--access", "drop-box", "--map", "/config=shared/config", "--note", "hall 3"];
    assert.equal((await run("add", "shown-1", ...fields)).code, 0);
    const { stdout } = await run("show", "shown-1");
    assert.match(stdout, /state +active\n +access +drop-box\n +until +no end\n/);
    assert.match(stdout, /folders +\/home \/config[^]*note +hall 3/);
    assert.doesNotMatch(stdout, /scrypt/);
  });

  it("reads the items of that user only, however many users there are", async () => {
    await run("add", "shown-2");
    const restore = await failingTable(site.table.endpoint, "Scan", () => true);
    try {
      assert.equal((await run("show", "shown-2")).code, 0);
      assert.equal((await run("list")).code, 1);
    } finally {
      restore();
    }
  });
});
