import assert from "node:assert/strict";
import { allOf, anyOf, not } from "../../../lib/iam/truth";

describe("iam: three-valued logic", () => {
  it("allOf: false decides, then unknown", () => {
    assert.equal(allOf([]), true);
    assert.equal(allOf([true, true]), true);
    assert.equal(allOf([true, undefined]), undefined);
    assert.equal(allOf([undefined, false]), false);
  });

  it("anyOf: true decides, then unknown", () => {
    assert.equal(anyOf([]), false);
    assert.equal(anyOf([false, false]), false);
    assert.equal(anyOf([false, undefined]), undefined);
    assert.equal(anyOf([undefined, true]), true);
  });

  it("not: unknown stays unknown", () => {
    assert.deepEqual([true, false, undefined].map(not), [false, true, undefined]);
  });
});
