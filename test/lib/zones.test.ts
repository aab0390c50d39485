import assert from "node:assert/strict";

import { availabilityZones, zonesFor, ZonesError } from "../../lib/zones";

const region = "ap-northeast-1";
const zones = (...letters: string[]) => letters.map((letter) => `${region}${letter}`);
const none = [undefined, undefined, undefined];

describe("lib/zones", () => {
  it("leaves out Local and Wavelength Zones, and zones of other regions", () => {
    const names = [...zones("c", "a", "-tpe-1a", "-wl1-nrt-wlz-1"), "us-west-2a"];
    assert.deepEqual(availabilityZones(names, region), zones("a", "c"));
  });

  it("takes the first zones for a network without subnets", () => {
    const found = { offered: zones("a", "c", "d"), kept: none };
    assert.deepEqual(zonesFor({ region, count: 2 }, found), zones("a", "c"));
  });

  it("keeps the zones of the subnets when the account has more zones", () => {
    const found = { offered: zones("a", "b", "c", "d"), kept: [...zones("a", "c"), undefined] };
    assert.deepEqual(zonesFor({ region, count: 2 }, found), zones("a", "c"));
    assert.deepEqual(zonesFor({ region, count: 3 }, found), zones("a", "c", "b"));
    assert.deepEqual(zonesFor({ region, count: 1 }, found), zones("a"));
  });

  it("keeps the zone of a subnet whose predecessor was not created", () => {
    const found = { offered: zones("a", "c", "d"), kept: [undefined, ...zones("c"), undefined] };
    assert.deepEqual(zonesFor({ region, count: 2 }, found), zones("a", "c"));
  });

  it("takes zones by name, also one that has subnets and is not offered at present", () => {
    const found = { offered: zones("a", "c"), kept: [...zones("d"), undefined, undefined] };
    assert.deepEqual(zonesFor({ region, count: 1, names: zones("c") }, found), zones("c"));
    assert.deepEqual(zonesFor({ region, count: 1, names: zones("d") }, found), zones("d"));
  });

  it("refuses a name that the account does not have, and more zones than it has", () => {
    const found = { offered: zones("a", "c"), kept: none };
    const message = (request: { count: number; names?: string[] }) => {
      try {
        return String(zonesFor({ region, ...request }, found));
      } catch (error) {
        assert.ok(error instanceof ZonesError);
        return error.message;
      }
    };
    assert.match(message({ count: 1, names: zones("x") }), /no zone ap-northeast-1x in .* name/);
    assert.match(message({ count: 3 }), /^3 zones are requested, and the account has/);
  });
});
