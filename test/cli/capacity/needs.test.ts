import assert from "node:assert/strict";

import { refusedShare } from "../../../cli/capacity/closed-form";
import type { Fleet } from "../../../cli/capacity/fleet";
import { acceptableShare, needsOf, portUse } from "../../../cli/capacity/needs";
import type { PriceList } from "../../../cli/cost/prices";

const fleet: Fleet = { devices: 300, every: 3600, seconds: 20, spread: 600, addresses: 1 };

function listOf(usd: number | null): PriceList {
  const price = { usd, per: "hour", source: "https://aws.amazon.com", date: "2026-11-01" };
  const prices = { "transfer.hour": { ...price, checked: true } };
  return { currency: "USD", region: "ap-northeast-1", prices };
}

describe("portUse", () => {
  it("is the time of all transfers over the time of all ports", () => {
    assert.equal(portUse(fleet), (300 * 20) / (3600 * 9));
    assert.equal(portUse({ ...fleet, addresses: 2 }), (300 * 20) / (3600 * 18));
  });
});

describe("needsOf", () => {
  const needs = needsOf(fleet, listOf(0.3));
  const isEnough = (changes: Partial<Fleet>) =>
    refusedShare({ ...fleet, ...changes }) <= acceptableShare;

  it("has the shortest spread that is enough", () => {
    const { spread } = needs;
    assert.ok(spread !== undefined && isEnough({ spread }), String(spread));
    assert.ok(!isEnough({ spread: spread - 36 }));
  });

  it("has the fewest addresses that are enough, with the spread that there is", () => {
    assert.ok(needs.now);
    const { addresses, spread } = needs.now;
    assert.equal(spread, 600);
    assert.ok(isEnough({ addresses }) && !isEnough({ addresses: addresses - 1 }));
    assert.ok(needs.spreadOut && needs.spreadOut.addresses <= addresses);
    assert.equal(needs.spreadOut.spread, 3600);
  });

  it("prices as many servers as multiply the fleet's addresses, for 730 hours", () => {
    const { now } = needsOf({ ...fleet, addresses: 2 }, listOf(0.3));
    assert.ok(now);
    assert.equal(now.units, Math.ceil(now.addresses / 2));
    assert.ok(Math.abs(now.serversUsd! - now.units * 0.3 * 730) < 1e-6);
    assert.equal(needsOf(fleet, listOf(null)).now?.serversUsd, undefined);
  });

  it("has no spread for more transfers than the ports have time for", () => {
    const { spread, now } = needsOf({ ...fleet, devices: 3000 }, listOf(0.3));
    assert.equal(spread, undefined);
    assert.ok(now);
  });

  it("has no addresses for a fleet that needs more than are considered", () => {
    const { now } = needsOf({ ...fleet, devices: 1_000_000, spread: 0 }, listOf(0.3));
    assert.equal(now, undefined);
  });
});
