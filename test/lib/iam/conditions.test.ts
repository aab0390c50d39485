import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluateConditions } from "../../../lib/iam/conditions";
import { contextLookup, type RequestContext } from "../../../lib/iam/request-context";

function evaluate(operator: string, key: string, values: string[], context: RequestContext) {
  return evaluateConditions([{ operator, key, values }], contextLookup(context), true);
}

type Expected = boolean | undefined;

/** Rows of operator, values of the policy, value of the request (undefined for no such key), outcome. */
const valueRows: readonly [string, string | string[], string | string[] | undefined, Expected][] = [
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", "a*", "a*", true],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringEquals", "a", undefined, false],
  ["StringEquals", "${k:other}", "value", true],
  ["StringEquals", "${k:none}", "", false],
  ["StringNotEquals", "a", "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", "a", undefined, true],
  ["StringNotEquals", "${k:none}", "b", true],
  ["StringEqualsIgnoreCase", "aB", "Ab", true],
  ["StringEqualsIgnoreCase", "${k:mixed}", "MIXED", true],
  ["StringNotEqualsIgnoreCase", "aB", "Ab", false],
  ["StringLike", "a*", "abc", true],
  ["StringLike", "a?", "abc", false],
  ["StringLike", "", "", true],
  ["StringLike", "${k:star}", "anything", false],
  ["StringLike", "${k:star}", "*", true],
  ["StringLike", "a*", undefined, false],
  ["StringNotLike", "a*", "abc", false],
  ["StringNotLike", "a*", undefined, true],
  ["ArnEquals", "arn:aws:s3:::b*", "arn:aws:s3:::bucket", true],
  ["ArnLike", "arn:aws:s3:::b*", "arn:aws:s3:::c", false],
  ["ArnLike", "*", "arn:aws:s3:::c", undefined],
  ["ArnNotEquals", "arn:aws:s3:::b", "arn:aws:s3:::b", false],
  ["ArnNotLike", "arn:aws:s3:::b", "arn:aws:s3:::c", true],
  ["ArnNotLike", "arn:aws:s3:::b", undefined, true],
  ["ArnNotLike", "*", "arn:aws:s3:::c", undefined],
  ["Bool", "true", "true", true],
  ["Bool", "False", "false", true],
  ["Bool", "true", "false", false],
  ["Bool", "true", undefined, false],
  ["Bool", "yes", "true", undefined],
  ["Bool", "${k:truth}", "true", true],
  ["Null", "true", undefined, true],
  ["Null", "true", "x", false],
  ["Null", "false", "x", true],
  ["Null", "false", undefined, false],
  ["Null", "maybe", "x", undefined],
  ["NumericEquals", "10", "10.0", true],
  ["NumericNotEquals", "10", "11", true],
  ["NumericLessThan", "10", "9", true],
  ["NumericLessThan", "10", "10", false],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericGreaterThan", "9", "10", true],
  ["NumericGreaterThan", "10", "9", false],
  ["NumericGreaterThanEquals", "10", "10", true],
  ["NumericLessThan", "ten", "9", undefined],
  ["NumericNotEquals", "ten", "9", undefined],
  ["NumericLessThan", "10", undefined, false],
  ["DateGreaterThan", "2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z", true],
  ["DateLessThan", "2024-01-01", "2023-12-31T23:59:59Z", true],
  ["DateLessThan", "2024-01-01", "2024-01-01T00:00:00Z", false],
  ["DateLessThanEquals", "2024-01-01", "2024-01-01T00:00:00Z", true],
  ["DateGreaterThanEquals", "2024", "2024-01-01T09:00:00+09:00", true],
  ["DateEquals", "1704067200", "2024-01-01T00:00:00Z", true],
  ["DateNotEquals", "1704067200", "2024-01-01T00:00:00Z", false],
  ["DateLessThan", "tomorrow", "2024-01-01T00:00:00Z", undefined],
  ["DateLessThan", "2024-01-01T00:00:00", "2023-01-01", undefined],
  ["IpAddress", "10.0.0.0/8", "10.1.2.3", true],
  ["IpAddress", "10.200.0.0/8", "10.1.2.3", true],
  ["IpAddress", "10.0.0.0/8", "11.1.2.3", false],
  ["IpAddress", "10.1.2.3", "10.1.2.3", true],
  ["IpAddress", "10.1.2.3", "10.1.2.4", false],
  ["IpAddress", "2001:db8::/32", "10.1.2.4", false],
  ["IpAddress", "10.0.0.0/33", "10.1.2.4", undefined],
  ["IpAddress", "10.0.0.0/8", "2001:db8::1", undefined],
  ["NotIpAddress", "10.0.0.0/8", "11.1.2.3", true],
  ["NotIpAddress", "10.0.0.0/8", "10.1.2.3", false],
  ["NotIpAddress", "10.0.0.0/8", undefined, true],
  ["NotIpAddress", "a:b", "10.1.2.3", undefined],
  ["StringEqualsIfExists", "a", undefined, true],
  ["StringEqualsIfExists", "a", "b", false],
  ["StringNotEqualsIfExists", "a", undefined, true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
  ["ForAnyValue:StringEquals", "a", undefined, false],
  ["ForAnyValue:StringNotEquals", "a", ["a", "b"], true],
  ["ForAnyValue:StringNotEquals", "a", undefined, false],
  ["ForAnyValue:StringLikeIfExists", "a*", undefined, true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAllValues:StringEquals", "a", undefined, true],
  ["ForAllValues:StringEquals", "a", "", true],
  ["ForAllValues:StringEquals", "a", ["", "b"], false],
  ["ForAllValues:StringNotEquals", "a", ["b", "c"], true],
  ["ForAllValues:StringNotEquals", "a", ["a", "c"], false],
  ["ForAllValues:NumericLessThan", "5", ["1", "x"], undefined],
  ["ForAllValues:NumericLessThan", "5", ["9", "x"], false],
  // Many values without a set operator: AWS does not document the result.
  ["StringEquals", "a", ["a", "b"], undefined],
  // Unknown operators, whatever the request has.
  ["StringMatches", "a", "a", undefined],
  ["stringequals", "a", "a", undefined],
  ["NullIfExists", "true", undefined, undefined],
  ["ForAnyValue:Null", "true", undefined, undefined],
  ["ForSomeValues:StringEquals", "a", "a", undefined],
  ["BinaryEquals", "YQ==", "a", undefined],
  ["constructor", "a", "a", undefined],
];

describe("iam: condition operators", () => {
  const others = { "k:other": "value", "k:mixed": "MiXeD", "k:truth": "true", "k:star": "*" };
  for (const [operator, values, requested, expected] of valueRows)
    it(`${operator} [${values}] against ${requested ?? "no such key"}: ${expected ?? "unknown"}`, () => {
      const result = evaluate(operator, "k:key", [values].flat(), {
        ...others,
        "k:key": requested,
      });
      assert.equal(result.met, expected);
      assert.equal(result.problems.length, expected === undefined ? 1 : 0);
    });

  it("compares key names case-insensitively", () => {
    const { met } = evaluate("StringEquals", "AWS:sourceaccount", ["1"], {
      "aws:SourceAccount": "1",
    });
    assert.equal(met, true);
  });

  it("an empty list is an absent key", () => {
    assert.equal(evaluate("Null", "aws:TagKeys", ["true"], { "aws:TagKeys": [] }).met, true);
  });
});

describe("iam: condition blocks", () => {
  const both = [
    { operator: "StringEquals", key: "k:one", values: ["1"] },
    { operator: "Odd", key: "k:two", values: ["2"] },
  ];

  it("are met when all are; a false one decides even next to an unknown one", () => {
    const context = (one: string) => contextLookup({ "k:one": one, "k:two": "2" });
    assert.equal(evaluateConditions(both.slice(0, 1), context("1"), true).met, true);
    assert.equal(evaluateConditions(both, context("1"), true).met, undefined);
    assert.equal(evaluateConditions(both, context("9"), true).met, false);
    assert.equal(evaluateConditions([], context("9"), true).met, true);
  });

  it("names the condition that failed and what the request has", () => {
    const has = (context: RequestContext) =>
      evaluate("StringEquals", "aws:SourceAccount", ["123", "124"], context).why;
    assert.equal(
      has({ "aws:SourceAccount": "456" }),
      "condition aws:SourceAccount StringEquals 123 or 124 not met: request has 456",
    );
    assert.equal(
      has({}),
      "condition aws:SourceAccount StringEquals 123 or 124 not met: request has no such key",
    );
    const second = evaluateConditions(
      [
        { operator: "StringEquals", key: "k:one", values: ["1"] },
        { operator: "StringEquals", key: "k:two", values: ["2"] },
      ],
      contextLookup({ "k:one": "1", "k:two": "9" }),
      true,
    );
    assert.match(second.why, /^condition k:two/);
    assert.equal(evaluate("StringEquals", "k:x", ["1"], { "k:x": "1" }).why, "");
    assert.match(evaluate("Odd", "k:x", ["1"], {}).why, /Odd 1 has an unknown operator/);
    assert.match(evaluate("Bool", "k:x", ["1"], { "k:x": "true" }).why, /cannot be evaluated/);
  });

  it("a negated operator is the opposite of the plain one, for every pair of texts", () => {
    const pairs = [
      ["StringEquals", "StringNotEquals"],
      ["StringLike", "StringNotLike"],
      ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
    ] as const;
    const letters = fc.array(fc.constantFrom("a", "A", "*", "?"), { maxLength: 4 });
    const text = letters.map((list) => list.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...pairs), text, text, ([plain, negated], value, requested) => {
        const context = { "k:key": requested };
        const { met } = evaluate(plain, "k:key", [value], context);
        assert.equal(evaluate(negated, "k:key", [value], context).met, !met);
      }),
    );
  });
});
