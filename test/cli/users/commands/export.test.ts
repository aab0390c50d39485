import assert from "node:assert/strict";

import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { usersOnTable } from "../support";

describe("users export", () => {
  const site = usersOnTable();
  const { run } = site;

  it("prints every user as CSV without hashes, and leaves out a damaged record with a warning", async () => {
    await site.table.put({ pk: { S: keys.user("odd-1") }, enabled: { S: "yes" } });
    await run("add", "listed-1", "--disabled", "--access", "read-only", "--until", "2027-03-31");
    await run("add", "nowhere-1", "--from", "nowhere");
    const { code, stdout, stderr } = await run("export");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /odd-1 is left out/);
    assert.match(stdout, /^name,enabled,access,until,from,mappings,note\n/);
    assert.match(stdout, /^listed-1,false,read-only,2027-03-31T00:00:00Z,/m);
    assert.match(stdout, /^nowhere-1,true,read-write,,nowhere,/m);
    assert.doesNotMatch(stdout, /scrypt|odd-1/);
  });
});
