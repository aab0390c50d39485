import assert from "node:assert/strict";

import { users, usersOnTable } from "../support";

describe("users remove", () => {
  const at = usersOnTable();
  const { run, record } = at;

  it("remove and rotate leave the stack's canary alone, but no user who is only called so", async () => {
    assert.equal((await run("add", "canary")).code, 0);
    const before = await record("canary");
    for (const verb of ["remove", "rotate"]) {
      const prod = ["--stack", "prod", "--table", at.table.name];
      const ended = await users([verb, "canary", ...prod]);
      assert.equal(ended.code, 1, ended.stdout);
      assert.match(ended.stderr, /canary is the canary of stack prod.* canal-ftp:canary to false/);
      assert.equal(ended.stdout, "");
    }
    assert.deepEqual(await record("canary"), before);
    // dev has no canary.
    assert.equal((await run("rotate", "canary")).code, 0);
    assert.equal((await run("remove", "canary")).code, 0);
  });
});
