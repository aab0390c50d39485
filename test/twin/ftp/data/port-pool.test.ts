import assert from "node:assert/strict";
import { setImmediate as settled } from "node:timers/promises";
import fc from "fast-check";
import { PortPool } from "../../../../twin/ftp/data/port-pool";

const never = new AbortController().signal;

describe("PortPool", () => {
  it("lends every port once and then none", () => {
    const pool = new PortPool([1, 2, 3]);
    assert.deepEqual([pool.take(), pool.take(), pool.take()].sort(), [1, 2, 3]);
    assert.equal(pool.take(), undefined);
  });

  it("picks among the free ports by chance, not lowest first", () => {
    assert.equal(new PortPool([1, 2, 3], () => 0.99).take(), 3);
    assert.equal(new PortPool([1, 2, 3], () => 0).take(), 1);
  });

  it("serves waiting sessions in the order of their arrival", async () => {
    const pool = new PortPool([1]);
    pool.take();
    const served: string[] = [];
    const claims = ["a", "b", "c"].map(async (name) => {
      const port = await pool.claim(never);
      served.push(name);
      pool.release(port as number);
    });
    pool.release(1);
    await Promise.all(claims);
    assert.deepEqual(served, ["a", "b", "c"]);
    assert.equal(pool.take(), 1);
  });

  it("skips sessions that have ended", async () => {
    const pool = new PortPool([1]);
    pool.take();
    const leaving = new AbortController();
    const first = pool.claim(leaving.signal);
    const second = pool.claim(never);
    leaving.abort();
    assert.equal(await first, undefined);
    pool.release(1);
    assert.equal(await second, 1);
  });

  it("lends nothing to who is gone already", async () => {
    const pool = new PortPool([1]);
    assert.equal(await pool.claim(AbortSignal.abort()), undefined);
    assert.equal(pool.take(), 1);
  });

  it("never lends a port twice, loses no port and skips no session, for any sequence", async () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant("claim" as const) }),
      fc.record({ act: fc.constantFrom("release" as const, "leave" as const), which: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const ports = [1, 2, 3];
        const pool = new PortPool(ports);
        const held: number[] = [];
        const waiting: { id: number; leaving: AbortController }[] = [];
        const served: { id: number; port: number }[] = [];
        let ids = 0;
        for (const each of steps) {
          if (each.act === "claim") {
            const claim = { id: ids++, leaving: new AbortController() };
            waiting.push(claim);
            void pool.claim(claim.leaving.signal).then((port) => {
              if (port !== undefined) {
                served.push({ id: claim.id, port });
              }
            });
          } else if (each.act === "release" && held.length > 0) {
            pool.release(held.splice(each.which % held.length, 1)[0]);
          } else if (each.act === "leave" && waiting.length > 0) {
            waiting.splice(each.which % waiting.length, 1)[0].leaving.abort();
          }
          await settled();
          for (const { id, port } of served.splice(0)) {
            assert.equal(waiting.shift()?.id, id, "not the one who has waited longest");
            assert.ok(!held.includes(port), "leased twice");
            held.push(port);
          }
          assert.ok(
            waiting.length === 0 || held.length === ports.length,
            "a port is free, one waits",
          );
        }
        held.splice(0).forEach((port) => pool.release(port));
        waiting.splice(0).forEach(({ leaving }) => leaving.abort());
      }),
      { numRuns: 200 },
    );
  });
});
