import assert from "node:assert/strict";

import {
  BadField,
  formatFields,
  parseAccess,
  parseBlocks,
  parseFlag,
  parseMappings,
  parseTime,
} from "../../../cli/users/fields";

describe("users/fields", () => {
  it("reads access, flags, blocks, moments and mappings", () => {
    assert.equal(parseAccess("drop-box"), "drop-box");
    assert.equal(parseFlag("FALSE"), false);
    assert.deepEqual(parseBlocks("100.64.0.0/16, 100.65.1.2"), ["100.64.0.0/16", "100.65.1.2/32"]);
    assert.equal(parseTime("2027-03-31"), Date.UTC(2027, 2, 31) / 1000);
    assert.equal(parseTime("2027-03-31T18:00+09:00"), Date.UTC(2027, 2, 31, 9) / 1000);
    assert.deepEqual(parseMappings("/config=shared/config /in=shared/in:drop-box"), [
      { entry: "/config", target: "shared/config", access: "read-only" },
      { entry: "/in", target: "shared/in", access: "drop-box" },
    ]);
    assert.deepEqual([parseBlocks(""), parseMappings(" ")], [[], []]);
  });

  const wrong: [string, () => unknown][] = [
    ["an access that is none", () => parseAccess("admin")],
    ["an access of an object's own", () => parseAccess("constructor")],
    ["a flag that is a number", () => parseFlag("1")],
    ["a block with host bits", () => parseBlocks("100.64.0.1/16")],
    ["a name for a block", () => parseBlocks("gateway")],
    ["a day that is none", () => parseTime("2027-02-31")],
    ["a month that is none", () => parseTime("2027-13-01")],
    ["an hour that is none", () => parseTime("2027-03-31T25:00Z")],
    ["a time without a zone", () => parseTime("2027-03-31T18:00")],
    ["a moment in words", () => parseTime("tomorrow")],
    ["a mapping without a folder", () => parseMappings("/config")],
    ["a mapping of no access", () => parseMappings("/config=shared/config:write")],
  ];
  for (const [what, parse] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(parse, BadField);
    });
  }

  it("writes what it reads", () => {
    const user = {
      name: "cam-1",
      passwordHashes: [],
      enabled: false,
      access: "drop-box" as const,
      validUntil: 1_900_000_000,
      allowedCidrs: ["100.64.0.0/16", "100.65.1.2/32"],
      mappings: parseMappings("/config=shared/config /in=shared/in:drop-box"),
    };
    const { enabled, access, until, from, mappings } = formatFields(user);
    assert.deepEqual(
      {
        enabled: parseFlag(enabled),
        access: parseAccess(access),
        validUntil: parseTime(until),
        allowedCidrs: parseBlocks(from),
        mappings: parseMappings(mappings),
      },
      {
        enabled: user.enabled,
        access: user.access,
        validUntil: user.validUntil,
        allowedCidrs: user.allowedCidrs,
        mappings: user.mappings,
      },
    );
  });
});
