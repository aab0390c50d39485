import assert from "node:assert/strict";

import { usersOnTable } from "../support";

describe("users doctor", () => {
  const { run } = usersOnTable();

  it("doctor reports what is odd, and ends with 1 when a login would be refused", async () => {
    await run("add", "doc-1", "--until", "2020-01-01", "--force");
    const ended = await run("doctor");
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stdout, /^\d+ users, \d+ problems, \d+ notes\.$/m);
    assert.match(ended.stdout, /problem: doc-1: Access has ended/);
    assert.match(ended.stdout, /note: doc-1: No login was accepted in the last 7 days/);
    await run("remove", "doc-1");
  });
});
