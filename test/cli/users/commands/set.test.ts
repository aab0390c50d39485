import assert from "node:assert/strict";

import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { usersOnTable } from "../support";

describe("users set", () => {
  const at = usersOnTable();
  const { run, record } = at;

  it("changes what is named, and nothing else", async () => {
    await run("add", "set-1", "--access", "read-only", "--from", "100.64.0.0/16");
    const { passwordHashes } = await record("set-1");
    const change = ["--access", "drop-box", "--until", "2030-01-01", "--note", "hall 3"];
    const mapping = ["--mapping", "/config=shared/config"];
    const ended = await run("set", "set-1", ...change, ...mapping);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /access +drop-box[^]*note +hall 3/);
    assert.deepEqual(await record("set-1"), {
      name: "set-1",
      passwordHashes,
      enabled: true,
      access: "drop-box",
      validUntil: Date.UTC(2030, 0) / 1000,
      allowedCidrs: ["100.64.0.0/16"],
      mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
      note: "hall 3",
    });
    const back = ["--until", "none", "--from", "default", "--mapping", "none", "--note", ""];
    assert.equal((await run("set", "set-1", ...back)).code, 0);
    const { validUntil, allowedCidrs, mappings, note } = await record("set-1");
    assert.deepEqual(
      [validUntil, allowedCidrs, mappings, note],
      [undefined, undefined, [], undefined],
    );
  });

  it("refuses what a login would refuse, an end in the past, and nothing to change", async () => {
    await run("add", "set-2");
    for (const [argv, message] of [
      [["--mapping", "/x=users/other"], /is not in "shared"/],
      [["--until", "2020-01-01"], /in the past.*--force/],
      [[], /Name what to change/],
    ] as const) {
      const ended = await run("set", "set-2", ...argv);
      assert.equal(ended.code, 2, ended.stdout);
      assert.match(ended.stderr, message);
    }
    assert.equal((await run("set", "set-2", "--until", "2020-01-01", "--force")).code, 0);
    assert.equal((await record("set-2")).validUntil, Date.UTC(2020, 0) / 1000);
    assert.equal((await run("set", "nobody", "--note", "x")).code, 1);
    const past = await run("add", "set-3", "--until", "2020-01-01");
    assert.equal(past.code, 2);
    assert.equal(await at.table.get(keys.user("set-3")), undefined);
  });
});
