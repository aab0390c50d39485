import assert from "node:assert/strict";

import { poll } from "../../../components/internal/poll";

/** Reads these results, one after the other, and counts the pauses. */
async function run(results: readonly string[], seconds: number) {
  const left = [...results];
  const pauses: number[] = [];
  const polling = {
    seconds,
    pauseSeconds: 5,
    pause: async (length: number) => pauses.push(length),
  };
  const result = await poll(
    async () => left.shift()!,
    (one) => one === "done",
    polling,
  );
  return { result, pauses, left };
}

describe("components/internal/poll", () => {
  it("returns the first accepted result, and pauses between two reads only", async () => {
    assert.deepEqual(await run(["done", "late"], 60), {
      result: "done",
      pauses: [],
      left: ["late"],
    });
    const { result, pauses } = await run(["no", "no", "done"], 60);
    assert.deepEqual([result, pauses], ["done", [5, 5]]);
  });

  it("returns the last result after the time limit", async () => {
    const { result, pauses, left } = await run(["1", "2", "3", "done"], 10);
    assert.deepEqual([result, pauses, left], ["3", [5, 5], ["done"]]);
  });

  it("reads once with a time limit of zero", async () => {
    assert.equal((await run(["1", "done"], 0)).result, "1");
  });
});
