import assert from "node:assert/strict";

import { fieldsOf, ifKnown, listOf } from "../../../policies/rules/rule";

describe("policies/rules/rule", () => {
  it("reads one value, several or none as a list", () => {
    assert.deepEqual(listOf("a"), ["a"]);
    assert.deepEqual(listOf(["a", "b"]), ["a", "b"]);
    assert.deepEqual([listOf(undefined), listOf(null)], [[], []]);
    assert.deepEqual(listOf(0), [0]);
  });

  it("reads missing fields as none", () => {
    assert.deepEqual(fieldsOf({ a: 1 }), { a: 1 });
    assert.deepEqual([fieldsOf(undefined), fieldsOf(null)], [{}, {}]);
  });

  it("reads an unknown value as undefined", () => {
    assert.equal(
      ifKnown(() => 7),
      7,
    );
    const unknown = ifKnown(() => {
      throw new Error("can't be known during preview");
    });
    assert.equal(unknown, undefined);
  });
});
