import assert from "node:assert/strict";
import { findOperator } from "../../../lib/iam/condition-operators";

/** The comparison of an operator, which must be one with values. */
function compare(name: string, policy: string, request: string) {
  const comparison = findOperator(name)?.compare;
  assert.ok(typeof comparison === "function", name);
  return comparison(policy, request, undefined);
}

describe("iam: findOperator", () => {
  it("parses the set prefix and IfExists", () => {
    const parts = (name: string) => {
      const { set, ifExists, negated } = findOperator(name) ?? {};
      return [set, ifExists, negated];
    };
    assert.deepEqual(parts("StringEquals"), [undefined, false, false]);
    assert.deepEqual(parts("ForAnyValue:StringNotLikeIfExists"), ["any", true, true]);
    assert.deepEqual(parts("ForAllValues:ArnLike"), ["all", false, false]);
    assert.equal(findOperator("Null")?.compare, "null");
  });

  it("finds no unknown operator, and Null only alone", () => {
    for (const name of ["stringequals", "ForSomeValues:Bool", "NullIfExists", "ForAnyValue:Null"])
      assert.equal(findOperator(name), undefined, name);
  });
});

describe("iam: comparisons", () => {
  it("of values that only contain a number, date, address or boolean are unknown", () => {
    for (const [operator, value, fine] of [
      ["NumericEquals", "x2", "2"],
      ["NumericEquals", "2x", "2"],
      ["DateEquals", "x1767225600", "2026"],
      ["DateEquals", "1767225600x", "2026"],
      ["DateEquals", "x2026-01-01", "2026"],
      ["DateEquals", "2026-01-01x", "2026"],
      ["IpAddress", "10.0.0.0/x8", "10.0.0.1"],
      ["IpAddress", "10.0.0.0/8x", "10.0.0.1"],
      ["Bool", "untrue", "true"],
      ["Bool", "truely", "true"],
    ]) {
      assert.equal(compare(operator, value, fine), undefined, `${operator} ${value}`);
      if (operator !== "IpAddress")
        assert.equal(compare(operator, fine, value), undefined, `${operator} of ${value}`);
    }
  });

  const numbers = ["1", "2", "3"];
  const results = (name: string, values: readonly string[], policy: string) =>
    values.map((value) => compare(name, policy, value));

  it("of numbers", () => {
    assert.deepEqual(results("NumericEquals", numbers, "2"), [false, true, false]);
    assert.deepEqual(results("NumericLessThan", numbers, "2"), [true, false, false]);
    assert.deepEqual(results("NumericLessThanEquals", numbers, "2"), [true, true, false]);
    assert.deepEqual(results("NumericGreaterThan", numbers, "2"), [false, false, true]);
    assert.deepEqual(results("NumericGreaterThanEquals", numbers, "2"), [false, true, true]);
    assert.deepEqual(results("NumericEquals", ["two", "-2.0"], "-2"), [undefined, true]);
    assert.deepEqual(results("NumericEquals", ["2.25", "2.2"], "2.25"), [true, false]);
  });

  it("of dates", () => {
    const dates = ["2025-12-31T23:59:59Z", "2026", "2026-01-02"];
    assert.deepEqual(results("DateEquals", dates, "2026-01-01T00:00:00Z"), [false, true, false]);
    assert.deepEqual(results("DateLessThan", dates, "2026"), [true, false, false]);
    assert.deepEqual(results("DateLessThanEquals", dates, "2026"), [true, true, false]);
    assert.deepEqual(results("DateGreaterThan", dates, "2026"), [false, false, true]);
    assert.deepEqual(results("DateGreaterThanEquals", dates, "2026"), [false, true, true]);
    const precise = ["2026-01-01T00:00Z", "2026-01", "2026-01-01T00:00:00.000Z"];
    assert.deepEqual(results("DateEquals", precise, "2026"), [true, true, true]);
    assert.deepEqual(results("DateEquals", ["1767225600", "soon"], "2026"), [true, undefined]);
  });

  it("of addresses", () => {
    const addresses = ["10.0.0.1", "10.0.1.1", "no address"];
    assert.deepEqual(results("IpAddress", addresses, "10.0.0.0/24"), [true, false, undefined]);
    assert.deepEqual(results("IpAddress", addresses, "10.0.0.1"), [true, false, undefined]);
    assert.deepEqual(results("IpAddress", addresses, "10.0.0.77/24"), [true, false, undefined]);
    assert.equal(compare("IpAddress", "2001:db8::/32", "10.0.0.1"), false);
    assert.equal(compare("IpAddress", "10.0.0.0/33", "10.0.0.1"), undefined);
  });

  it("of strings, ARNs and booleans", () => {
    assert.equal(compare("StringEquals", "a*", "ab"), false);
    assert.equal(compare("StringEqualsIgnoreCase", "aB", "Ab"), true);
    assert.equal(compare("StringLike", "a*", "ab"), true);
    assert.equal(compare("ArnEquals", "arn:aws:s3:::b*", "arn:aws:s3:::bucket"), true);
    assert.equal(compare("ArnLike", "b*", "arn:aws:s3:::bucket"), undefined);
    assert.equal(compare("Bool", "true", "TRUE"), true);
    assert.equal(compare("Bool", "true", "yes"), undefined);
    assert.equal(compare("Bool", "yes", "true"), undefined);
  });
});
