import assert from "node:assert/strict";
import { contextLookup } from "../../../lib/iam/request-context";

describe("iam: request context", () => {
  it("finds keys case-insensitively; a value is a list of one", () => {
    const context = contextLookup({ "aws:SourceArn": "a", "aws:TagKeys": ["one", "two"] });
    assert.deepEqual(context.values("AWS:sourcearn"), ["a"]);
    assert.deepEqual(context.values("aws:TagKeys"), ["one", "two"]);
    assert.deepEqual(context.values("aws:SourceAccount"), []);
  });

  it("a later context replaces a key, unless its value is undefined", () => {
    const context = contextLookup({ a: "1", b: "1" }, { A: "2", b: undefined });
    assert.deepEqual(context.values("a"), ["2"]);
    assert.deepEqual(context.values("b"), ["1"]);
  });
});
