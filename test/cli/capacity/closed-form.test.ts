import assert from "node:assert/strict";

import { erlangB, refusedShare } from "../../../cli/capacity/closed-form";
import type { Fleet } from "../../../cli/capacity/fleet";
import { randomNumbers, simulate } from "../../../cli/capacity/simulation";

const fleet: Fleet = { devices: 3000, every: 3600, seconds: 20, spread: 0, addresses: 1 };

describe("capacity, the closed form", () => {
  it("is Erlang's formula, by its published table", () => {
    // Grade of service 1 %: nine lines carry 3.783 erlangs, and two lines 0.1526.
    assert.ok(Math.abs(erlangB(9, 3.783) - 0.01) < 1e-4);
    assert.ok(Math.abs(erlangB(2, 0.1526) - 0.01) < 1e-4);
  });

  it("serves nine of an address when all begin together", () => {
    assert.equal(refusedShare(fleet), 1 - 9 / 3000);
    assert.equal(refusedShare({ ...fleet, devices: 5 }), 0);
    assert.equal(refusedShare({ ...fleet, devices: 30, addresses: 4 }), 0);
  });

  it("never refuses more with more addresses or a longer spread", () => {
    for (const seconds of [2, 20, 60]) {
      let before = 1;
      for (let addresses = 1; addresses <= 64; addresses *= 2) {
        const share = refusedShare({ ...fleet, seconds, spread: 1800, addresses });
        assert.ok(share <= before + 1e-9);
        before = share;
      }
    }
  });

  it("agrees with the simulation within 5 % over 50 generated fleets", () => {
    const random = randomNumbers(20261127);
    const between = (least: number, most: number) => least * (most / least) ** random();
    let largest = 0;
    for (let number = 0; number < 50; number++) {
      const every = between(600, 86_400);
      const each: Fleet = {
        devices: Math.round(between(30, 10_000)),
        every,
        seconds: between(2, 120),
        spread: [0, every, every * random(), between(30, 600)][number % 4],
        addresses: Math.round(between(1, 8)),
      };
      const calculated = refusedShare(each);
      const simulated = simulate(each).refused;
      largest = Math.max(largest, Math.abs(calculated - simulated));
      assert.ok(
        Math.abs(calculated - simulated) <= 0.05,
        `${JSON.stringify(each)}: ${calculated} and ${simulated}`,
      );
    }
    assert.ok(largest > 0);
  });
});
