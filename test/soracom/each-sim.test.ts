import assert from "node:assert/strict";

import { type BatchResult, eachSim } from "../../soracom/each-sim";
import { DriverError, ApiError, Stopped, UnknownSimError } from "../../soracom/errors";

const refusal = () => Promise.reject(new ApiError("sims get", "X1", "no"));
const ok = () => Promise.resolve();
/** Acts on SIM "1" by the first of them, and so on. */
const run = (
  acts: readonly (() => Promise<unknown>)[],
  parallel: number,
  report: (tally: BatchResult) => void = () => undefined,
) =>
  eachSim(
    acts.map((_, index) => String(index + 1)),
    (simId) => acts[Number(simId) - 1](),
    parallel,
    report,
  );
const times = <T>(length: number, item: T): T[] => Array.from({ length }, () => item);

describe("eachSim", () => {
  it("runs every task, at most so many at the same time, and reports after each", async () => {
    let [running, most, reports] = [0, 0, 0];
    const act = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    const tally = await run(times(10, act), 3, () => reports++);
    assert.deepEqual(
      { ...tally, most, reports },
      {
        total: 10,
        done: 10,
        failed: [],
        most: 3,
        reports: 10,
      },
    );
  });

  it("attempts a failed SIM once more at the end", async () => {
    const order: string[] = [];
    let failures = 0;
    const once = () => {
      order.push("flaky");
      return failures++ === 0 ? refusal() : ok();
    };
    const other = async () => void order.push("other");
    const always = () => {
      order.push("broken");
      return refusal();
    };
    const tally = await run([once, always, other], 1);
    assert.deepEqual(order, ["flaky", "broken", "other", "flaky", "broken"]);
    assert.deepEqual(tally, {
      total: 3,
      done: 2,
      failed: [{ simId: "2", reason: 'SORACOM refused "sims get": X1 no' }],
    });
  });

  it("attempts a SIM that SORACOM does not have once, and continues", async () => {
    let lookups = 0;
    const unknown = () => {
      lookups++;
      return Promise.reject(new UnknownSimError("x"));
    };
    const { done, failed, stopped } = await run([...times(30, unknown), ok], 4);
    assert.deepEqual([done, failed.length, stopped, lookups], [1, 30, undefined, 30]);
    assert.match(failed[0].reason, /^SORACOM has no SIM with this id: check/);
  });

  it("stops after 20 consecutive failures, without the second attempt", async () => {
    let attempts = 0;
    const act = () => {
      attempts++;
      return refusal();
    };
    const { done, failed, stopped } = await run(times(50, act), 1);
    assert.deepEqual([attempts, done, failed.length], [20, 0, 20]);
    assert.match(String(stopped), /X1/);
  });

  it("counts failures from the last success on", async () => {
    const acts = [...times(19, refusal), ok, ...times(19, refusal), ok];
    const { done, failed, stopped } = await run(acts, 1);
    assert.deepEqual([done, failed.length], [2, 20]);
    // The 38 failed SIMs fail again: stopped in the second attempt, at its 20th failure.
    assert.match(String(stopped), /X1/);
  });

  it("counts from zero in the second attempt", async () => {
    // 19 failures at the end of the first attempt, one at the start of the second.
    const acts = [ok, ...times(19, refusal)];
    const { failed, stopped } = await run(acts, 1);
    assert.deepEqual([failed.length, stopped], [19, undefined]);
  });

  it("ends with the tasks in progress when the cause is not the SIM", async () => {
    let started = 0;
    const act = async () => {
      if (++started === 2) throw new DriverError("no soracom CLI");
      await new Promise(setImmediate);
    };
    const tally = await run(times(10, act), 2);
    assert.deepEqual([tally.done, tally.failed, tally.stopped], [1, [], "no soracom CLI"]);
  });

  it("reports an interruption as such", async () => {
    const act = () => Promise.reject(new Stopped("Stopped between two calls"));
    assert.equal((await run([act], 1)).stopped, "interrupted");
  });

  it("rejects with an unexpected error", async () => {
    const act = () => Promise.reject(new TypeError("a fault"));
    await assert.rejects(run([act, ok], 1), /a fault/);
  });
});
