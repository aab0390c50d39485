import assert from "node:assert/strict";
import fc from "fast-check";
import {
  DamagedItem,
  fromItem,
  numberIn,
  serverItem,
  toItem,
} from "../../../../lambdas/identity-provider/stores/user-record";
import type { UserRecord } from "../../../../lambdas/identity-provider/stores/user-store";

const access = fc.constantFrom("read-write", "read-only", "drop-box");
const records = fc.record(
  {
    name: fc.string(),
    passwordHashes: fc.array(fc.string(), { minLength: 1, maxLength: 2 }),
    enabled: fc.boolean(),
    validUntil: fc.nat(),
    allowedCidrs: fc.array(fc.string()),
    access,
    mappings: fc.array(
      fc.record({ entry: fc.string(), target: fc.string(), access }, { noNullPrototype: true }),
    ),
  },
  {
    requiredKeys: ["name", "passwordHashes", "enabled", "access", "mappings"],
    noNullPrototype: true,
  },
) as fc.Arbitrary<UserRecord>;

describe("Items of the user table", () => {
  it("return the user they were made of", () => {
    fc.assert(
      fc.property(records, (record) => {
        const stored = JSON.parse(JSON.stringify(toItem(record)));
        assert.deepEqual(fromItem(stored), record);
      }),
    );
  });

  it("have the defaults in them", () => {
    assert.deepEqual(toItem({ name: "cam-1", passwordHashes: ["h"] }), {
      pk: { S: "user#cam-1" },
      passwordHashes: { L: [{ S: "h" }] },
      enabled: { BOOL: true },
      access: { S: "read-write" },
    });
    assert.deepEqual(serverItem("s-1"), { pk: { S: "server#s-1" } });
  });

  it("written manually get defaults for missing fields", () => {
    const item = { pk: { S: "user#cam-1" }, passwordHashes: { L: [{ S: "h" }] } };
    assert.deepEqual(fromItem(item), {
      name: "cam-1",
      passwordHashes: ["h"],
      enabled: true,
      access: "read-write",
      mappings: [],
    });
    const mapping = { M: { entry: { S: "/a" }, target: { S: "shared/a" } } };
    assert.equal(fromItem({ ...item, mappings: { L: [mapping] } }).mappings[0].access, "read-only");
  });

  it("with anything of the wrong type are damaged, never defaulted", () => {
    const good = { pk: { S: "user#cam-1" }, passwordHashes: { L: [{ S: "h" }] } };
    const damages: Record<string, unknown>[] = [
      { pk: { S: "server#cam-1" } },
      { pk: { N: "1" } },
      { passwordHashes: { L: [] } },
      { passwordHashes: { L: [{ S: "a" }, { S: "b" }, { S: "c" }] } },
      { passwordHashes: { S: "h" } },
      { passwordHashes: { SS: ["h"] } },
      { passwordHashes: { L: [{ S: "h" }, { N: "1" }] } },
      { passwordHashes: { L: [null] } },
      { enabled: { S: "true" } },
      { enabled: { N: "1" } },
      { enabled: { NULL: true } },
      { enabled: null },
      { validUntil: { S: "2030" } },
      { validUntil: { N: "soon" } },
      { validUntil: { N: "" } },
      { validUntil: { N: "Infinity" } },
      { allowedCidrs: { S: "10.0.0.0/8" } },
      { allowedCidrs: { L: [{ N: "1" }] } },
      { access: { S: "admin" } },
      { access: { S: "constructor" } },
      { mappings: { L: [{ M: {} }] } },
      { mappings: { L: [{ S: "/a" }] } },
      { mappings: { L: [{ M: { entry: { S: "/a" }, target: { S: "b" }, access: { S: "x" } } }] } },
    ];
    for (const damage of damages) {
      assert.throws(() => fromItem({ ...good, ...damage }), DamagedItem, JSON.stringify(damage));
    }
    assert.throws(() => fromItem({ pk: good.pk }), DamagedItem);
    for (const item of [null, undefined, 7, "x", []])
      assert.throws(() => fromItem(item), DamagedItem);
  });

  it("hold numbers, or nothing", () => {
    assert.equal(numberIn({ n: { N: "17" } }, "n"), 17);
    for (const value of [{ N: "x" }, { S: "17" }, 17, null]) {
      assert.equal(numberIn({ n: value }, "n"), undefined);
    }
    assert.equal(numberIn(undefined, "n"), undefined);
    assert.equal(numberIn({}, "constructor"), undefined);
  });
});
