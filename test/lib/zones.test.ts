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
    const named = (...letters: string[]) =>
      zonesFor({ region, count: letters.length, names: zones(...letters) }, found);
    assert.deepEqual(named("d"), zones("d"));
    assert.deepEqual(named("d", "c"), zones("d", "c"));
    assert.deepEqual(zonesFor({ region, count: 1, names: zones("c") }, { ...found, kept: none }), [
      ...zones("c"),
    ]);
  });

  it("refuses names that would move a subnet of a running stack, and takes fewer of its zones", () => {
    const found = { offered: zones("a", "c", "d"), kept: [...zones("a", "c"), undefined] };
    const named = (...letters: string[]) =>
      zonesFor({ region, count: letters.length, names: zones(...letters) }, found);
    for (const letters of ["c", "ca", "ad", "dac"]) {
      assert.throws(
        () => named(...letters),
        /subnets are in ap-northeast-1a, ap-northeast-1c, and a subnet cannot move.*Name these zones/,
        letters,
      );
    }
    assert.deepEqual(named("a"), zones("a"));
    assert.deepEqual(named("a", "c", "d"), zones("a", "c", "d"));
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
