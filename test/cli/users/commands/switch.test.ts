import assert from "node:assert/strict";

import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { usersOnTable } from "../support";

describe("users switch", () => {
  const at = usersOnTable();
  const { run, record } = at;

  it("disable, enable and remove change users, and report users who do not exist", async () => {
    await run("add", "gone-1");
    assert.equal((await run("disable", "gone-1")).code, 0);
    assert.equal((await record("gone-1")).enabled, false);
    assert.match((await run("list")).stdout, /^gone-1 .*disabled$/m);
    assert.equal((await run("enable", "gone-1")).code, 0);
    assert.equal((await record("gone-1")).enabled, true);
    assert.equal((await run("remove", "gone-1")).code, 0);
    assert.equal(await at.table.get(keys.user("gone-1")), undefined);
    for (const verb of ["disable", "enable", "remove", "show", "rotate", "unlock"]) {
      const ended = await run(verb, "gone-1");
      assert.equal(ended.code, 1, verb);
      assert.match(ended.stderr, /There is no user gone-1 in stack dev\./);
    }
  });
});
