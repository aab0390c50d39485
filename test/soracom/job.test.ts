import assert from "node:assert/strict";

import { ApiError, DriverError, NoResponseError } from "../../soracom/errors";
import { findOrCreate, readsUntilComplete, removeAndWait, type Job } from "../../soracom/job";
import { testControl } from "./control";

const noAnswer = new NoResponseError("vpg create", "time-out");
const refusal = new ApiError("vpg terminate", "X0001", "in use");

function setUp() {
  const { control, lines, clock } = testControl();
  // Neither function calls SORACOM itself.
  return { job: { control } as Job, lines, clock };
}

describe("findOrCreate", () => {
  /** Runs it on a list that has the thing from the nth read on. */
  async function run(presentFrom: number, outcomes: readonly (Error | string)[], late = false) {
    const { job, clock } = setUp();
    const count = { reads: 0, creations: 0 };
    const find = () => Promise.resolve(++count.reads >= presentFrom ? "found" : undefined);
    const create = async () => {
      const outcome = outcomes[count.creations++];
      if (typeof outcome !== "string") throw outcome;
      return Promise.resolve(outcome);
    };
    const result = await findOrCreate(job, "VPG", find, create, late).catch(
      (error: unknown) => error,
    );
    return { result, ...count, waits: clock.waits.length };
  }
  const nowhere = Infinity;

  it("creates nothing when it is found", async () => {
    assert.deepEqual(await run(1, []), { result: "found", reads: 1, creations: 0, waits: 0 });
  });

  it("creates it once when it is not found", async () => {
    const once = { result: "made", reads: 1, creations: 1, waits: 0 };
    assert.deepEqual(await run(nowhere, ["made"]), once);
  });

  it("uses the item that a failed call created, as soon as it is listed", async () => {
    const late = { result: "found", reads: 5, creations: 1, waits: 3 };
    assert.deepEqual(await run(5, [noAnswer]), late);
    assert.equal((await run(1 + readsUntilComplete, [noAnswer])).creations, 1);
  });

  it("creates it again only after the list was complete", async () => {
    const again = {
      result: "made",
      reads: 1 + readsUntilComplete,
      creations: 2,
      waits: readsUntilComplete - 1,
    };
    assert.deepEqual(await run(nowhere, [refusal, "made"]), again);
  });

  it("throws the last error after three failed calls", async () => {
    const { result, reads, creations } = await run(nowhere, [refusal, refusal, noAnswer]);
    assert.equal(result, noAnswer);
    assert.deepEqual([reads, creations], [1 + 3 * readsUntilComplete, 3]);
  });

  it("does not repeat after another error", async () => {
    const error = new DriverError("no CLI");
    const failed = { result: error, reads: 1, creations: 1, waits: 0 };
    assert.deepEqual(await run(nowhere, [error, "made"]), failed);
  });

  it("waits first for a creation that an earlier run may have begun", async () => {
    assert.equal((await run(readsUntilComplete, ["made"], true)).creations, 0);
    const made = await run(nowhere, ["made"], true);
    assert.deepEqual([made.result, made.reads], ["made", readsUntilComplete]);
  });
});

describe("removeAndWait", () => {
  const present = { gone: false, going: false, state: "running" } as const;
  const going = { gone: false, going: true, state: "terminating" } as const;
  const gone = { gone: true } as const;

  /** Runs it on these states, the last of which stays; removals fail with these errors in turn. */
  async function run(
    states: readonly (typeof present | typeof going | typeof gone)[],
    failures: readonly Error[] = [],
  ) {
    const { job } = setUp();
    let reads = 0;
    let removals = 0;
    const remove = async () => {
      const failure = failures[removals++];
      await Promise.resolve();
      if (failure) throw failure;
    };
    const read = () => Promise.resolve(states[Math.min(reads++, states.length - 1)]);
    const error = await removeAndWait(job, "VPG 1", remove, read).then(
      () => undefined,
      (reason: Error) => reason,
    );
    return { removals, reads, error };
  }

  it("removes nothing that is removed or being removed", async () => {
    assert.deepEqual(await run([gone]), { removals: 0, reads: 1, error: undefined });
    assert.deepEqual(await run([going, going, gone]), { removals: 0, reads: 3, error: undefined });
  });

  it("removes it once, and waits until it is gone", async () => {
    const result = await run([present, going, present, gone]);
    assert.deepEqual(result, { removals: 1, reads: 4, error: undefined });
  });

  it("is done when a removal fails because it is gone", async () => {
    assert.deepEqual(await run([present, gone], [refusal]), {
      ...{ removals: 1, reads: 2, error: undefined },
    });
  });

  it("removes again while a removal is refused, five times", async () => {
    const twice = await run([present, present, present, gone], [refusal, noAnswer]);
    assert.deepEqual([twice.removals, twice.error], [3, undefined]);
    const always = await run([present], Array<Error>(9).fill(refusal));
    assert.deepEqual([always.removals, always.error], [5, refusal]);
  });

  it("does not repeat after another error", async () => {
    const error = new DriverError("no CLI");
    const failed = await run([present], [error]);
    assert.deepEqual([failed.removals, failed.error], [1, error]);
  });

  it("names what is not gone in time", async () => {
    const { error } = await run([present, going]);
    assert.match(error?.message ?? "", /^Waited 60 s for VPG 1 to be gone, .*still terminating/);
  });
});
