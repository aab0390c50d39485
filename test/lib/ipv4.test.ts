import assert from "node:assert/strict";

import fc from "fast-check";

import {
  containsAddress,
  containsCidr,
  formatAddress,
  formatCidr,
  nthBlock,
  overlaps,
  parseAddress,
  parseCidr,
} from "../../lib/ipv4";

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([number, prefix]) => ({
  prefix,
  base: number - (number % 2 ** (32 - prefix)),
}));

describe("lib/ipv4", () => {
  it("reads dotted-decimal addresses", () => {
    assert.equal(parseAddress("0.0.0.0"), 0);
    assert.equal(parseAddress("100.64.0.10"), 0x6440000a);
    assert.equal(parseAddress("255.255.255.255"), 2 ** 32 - 1);
  });

  for (const text of [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.0.0.1",
    "010.0.0.1",
    "1.2.3.4 ",
    "a.b.c.d",
    "::1",
  ]) {
    it(`refuses the address ${JSON.stringify(text)}`, () => {
      assert.equal(parseAddress(text), undefined);
    });
  }

  for (const text of [
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.1/16",
    "10.0.0.0/16/8",
  ]) {
    it(`refuses the block ${JSON.stringify(text)}`, () => {
      assert.equal(parseCidr(text), undefined);
    });
  }

  it("writes what it reads", () => {
    fc.assert(
      fc.property(cidr, (block) => {
        assert.deepEqual(parseCidr(formatCidr(block)), block);
      }),
    );
  });

  it("finds every address of a block in it, and the ones next to it not", () => {
    const block = parseCidr("100.64.0.0/10")!;
    assert.ok(containsAddress(block, parseAddress("100.64.0.0")!));
    assert.ok(containsAddress(block, parseAddress("100.127.255.255")!));
    assert.ok(!containsAddress(block, parseAddress("100.128.0.0")!));
    assert.ok(!containsAddress(block, parseAddress("100.63.255.255")!));
  });

  it("calls two blocks overlapping exactly when they share an address", () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        const end = ({ base, prefix }: typeof a) => base + 2 ** (32 - prefix);
        const shared = Math.max(a.base, b.base) < Math.min(end(a), end(b));
        assert.equal(overlaps(a, b), shared, `${formatCidr(a)} ${formatCidr(b)}`);
        assert.equal(overlaps(b, a), shared);
      }),
    );
  });

  it("takes a block to contain itself and its halves, and not its double", () => {
    const block = parseCidr("10.0.0.0/16")!;
    assert.ok(containsCidr(block, block));
    assert.ok(containsCidr(block, parseCidr("10.0.128.0/17")!));
    assert.ok(!containsCidr(block, parseCidr("10.0.0.0/15")!));
    assert.equal(formatAddress(block.base), "10.0.0.0");
  });

  it("counts blocks of a prefix length inside a larger block", () => {
    assert.equal(nthBlock("10.0.0.0/16", 18, 0), "10.0.0.0/18");
    assert.equal(nthBlock("10.0.0.0/16", 18, 3), "10.0.192.0/18");
    assert.equal(nthBlock("192.168.4.0/24", 26, 1), "192.168.4.64/26");
  });
});
