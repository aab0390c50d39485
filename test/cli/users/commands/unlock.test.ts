import assert from "node:assert/strict";

import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { clock, tableWithClock, usersOnTable } from "../support";

describe("users unlock", () => {
  const site = usersOnTable();
  const { run } = site;

  it("unlock forgives what the function has counted, and list shows a lock until then", async () => {
    await run("add", "lock-1");
    const at = { N: String(clock.now - 10) };
    const count = { firstAt: at, lastAt: at };
    const byAddress = keys.failures("lock-1", "100.64.0.10");
    await site.table.put({ pk: { S: byAddress }, failures: { N: "5" }, ...count });
    await site.table.put({
      pk: { S: keys.failures("lock-1") },
      failures: { N: "5" },
      addresses: { SS: ["100.64.0.10"] },
      ...count,
    });
    assert.match((await run("list")).stdout, /^lock-1 .*locked from 100\.64\.0\.10$/m);
    assert.match((await run("show", "lock-1")).stdout, /locked from 100\.64\.0\.10/);
    assert.equal((await run("unlock", "lock-1")).code, 0);
    assert.match((await run("show", "lock-1")).stdout, /state +active/);
    await site.table.put({
      pk: { S: keys.failures("lock-1") },
      failures: { N: "100" },
      addresses: { SS: ["100.64.0.10"] },
      firstAt: { N: String(clock.now + 1) },
      lastAt: { N: String(clock.now + 1) },
    });
    const { locked } = (await run("show", "lock-1", "--json")).document();
    assert.deepEqual(locked, { everywhere: true, addresses: ["100.64.0.10"] });
    clock.now += 1000;
    const later = (await run("show", "lock-1", "--json")).document();
    assert.deepEqual(later.locked, { everywhere: false, addresses: [] });
  });

  for (const [secondsAhead, side] of [
    [90, "behind"],
    [-90, "ahead of"],
  ] as const) {
    it(`refuses while this machine's clock is 90 s ${side} the table's, and forgives nothing`, async () => {
      const name = `clock${secondsAhead}`;
      await run("add", name);
      const at = { N: String(clock.now - 10) };
      const failures = { failures: { N: "100" }, firstAt: at, lastAt: at };
      await site.table.put({ pk: { S: keys.failures(name) }, ...failures });
      const before = await site.table.get(keys.failures(name));
      const restore = await tableWithClock(site.table.endpoint, secondsAhead);
      try {
        const refused = await run("unlock", name);
        assert.equal(refused.code, 1);
        // The header has whole seconds.
        const message = new RegExp(
          `clock of this machine is (89|90|91) s ${side} the table's.*set the clock`,
        );
        assert.match(refused.stderr, message);
      } finally {
        restore();
      }
      assert.deepEqual(await site.table.get(keys.failures(name)), before);
      assert.match((await run("list")).stdout, new RegExp(`^${name} .*locked$`, "m"));
      assert.equal((await run("unlock", name)).code, 0);
    });
  }
});
