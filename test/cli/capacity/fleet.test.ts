import assert from "node:assert/strict";

import { devicesOfAddresses } from "../../../cli/capacity/fleet";

describe("devicesOfAddresses", () => {
  const split = (devices: number, addresses: number) =>
    devicesOfAddresses({ devices, addresses, every: 1, seconds: 1, spread: 0 });

  it("spreads devices as evenly as possible, and loses none", () => {
    assert.deepEqual(split(10, 4), [3, 3, 2, 2]);
    assert.deepEqual(split(8, 4), [2, 2, 2, 2]);
    assert.deepEqual(split(1, 3), [1, 0, 0]);
  });
});
