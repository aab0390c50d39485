import assert from "node:assert/strict";

import type { Fleet } from "../../../cli/capacity/fleet";
import { randomNumbers, simulate } from "../../../cli/capacity/simulation";

const fleet: Fleet = { devices: 30, every: 600, seconds: 20, spread: 0, addresses: 1 };

describe("simulate", () => {
  it("serves nine of those that begin at the same moment, on each address", () => {
    assert.deepEqual(simulate(fleet), { refused: 21 / 30, maxServed: 9, maxWanted: 30 });
    const two = { refused: 12 / 30, maxServed: 18, maxWanted: 30 };
    assert.deepEqual(simulate({ ...fleet, addresses: 2 }), two);
  });

  it("frees a port at the moment a transfer ends", () => {
    // Each interval begins when the transfers of the last one end.
    const back = { ...fleet, devices: 9, every: 20 };
    assert.deepEqual(simulate(back), { refused: 0, maxServed: 9, maxWanted: 9 });
    const over = simulate({ ...back, seconds: 21 });
    assert.ok(Math.abs(over.refused - 0.5) < 0.01);
    assert.deepEqual([over.maxServed, over.maxWanted], [9, 18]);
  });

  it("refuses nothing when there is no device", () => {
    const none = { refused: 0, maxServed: 0, maxWanted: 0 };
    assert.deepEqual(simulate({ ...fleet, devices: 0 }), none);
  });
});

describe("randomNumbers", () => {
  it("are the same for the same seed, others for another, and from 0 to below 1", () => {
    const take = (seed: number) => {
      const random = randomNumbers(seed);
      return Array.from({ length: 1000 }, random);
    };
    assert.deepEqual(take(1), take(1));
    assert.notDeepEqual(take(1), take(2));
    assert.ok(take(1).every((value) => value >= 0 && value < 1));
    const mean = take(1).reduce((sum, value) => sum + value) / 1000;
    assert.ok(Math.abs(mean - 0.5) < 0.05, String(mean));
  });
});
