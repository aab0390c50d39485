import assert from "node:assert/strict";

import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { usersOnTable } from "../support";

describe("users list", () => {
  const site = usersOnTable();
  const { run } = site;

  it("prints that there are none", async () => {
    assert.equal((await run("list")).stdout, "There are no users in stack dev.\n");
  });

  it("shows every user in order and no hash, and a damaged record for what it is", async () => {
    await site.table.put({ pk: { S: keys.user("odd-1") }, enabled: { S: "yes" } });
    await run("add", "listed-1", "--disabled", "--access", "read-only", "--until", "2027-03-31");
    const [list, json] = [await run("list"), await run("list", "--json")];
    assert.match(list.stdout, /^name +access +until +state$/m);
    assert.match(list.stdout, /^listed-1 +read-only +2027-03-31T00:00:00Z +disabled$/m);
    assert.match(list.stdout, /^odd-1 .*damaged$/m);
    const names = (json.document().users as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ["listed-1", "odd-1"]);
    assert.doesNotMatch(list.stdout + json.stdout, /scrypt/);
  });
});
