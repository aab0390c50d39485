import assert from "node:assert/strict";

import { parseFilterPattern } from "./filter-pattern";

const matches = (pattern: string, line: object) =>
  parseFilterPattern(pattern)(JSON.stringify(line));

describe("filter patterns of CloudWatch Logs, as the tests of alarms read them", () => {
  it("compare a field with a text, in which * is any characters and nothing else is special", () => {
    assert.ok(matches(`{ $.a-b = "x.y" }`, { "a-b": "x.y" }));
    assert.ok(!matches(`{ $.a-b = "x.y" }`, { "a-b": "x-y" }));
    assert.ok(!matches(`{ $.a = "x" }`, { a: "xx" }));
    assert.ok(matches(`{ $.a = "*/x/*" }`, { a: "/b/x/c" }));
    assert.ok(!matches(`{ $.a = "*/x/*" }`, { a: "/b/xx/c" }));
    assert.ok(matches(`{ $.a != "x*" }`, { a: "y" }));
    assert.ok(!matches(`{ $.a != "x*" }`, { a: "xy" }));
    assert.ok(!matches(`{ $.a = "*" }`, {}));
  });

  it("require all conditions that are joined by &&, from left to right", () => {
    const pattern = `{ ($.a = "*") && ($.a != "0") }`;
    assert.ok(matches(pattern, { a: "1" }));
    assert.ok(!matches(pattern, { a: "0" }));
    assert.ok(!matches(pattern, {}));
  });

  it("match no line that is no JSON", () => {
    const any = parseFilterPattern(`{ $.a = "*" }`);
    for (const line of ["a", "1", "null", `"a"`]) assert.equal(any(line), false, line);
  });

  const strange = [
    "ERROR",
    `{ $.a = 1 }`,
    `{ $.a > 1 }`,
    `{ $.a = x }`,
    `{ $.a NOT EXISTS }`,
    `{ $.a.b = "x" }`,
    `{ $.a[0] = "x" }`,
    `{ ($.a = "x") || ($.b = "y") }`,
    `{ $.a = "x" && $.b = "y" }`,
    `{ ($.a = "x") && (($.b = "y")) }`,
    `{ $.a = %x% }`,
    `{ $.a = "\\"" }`,
  ];
  for (const pattern of strange) {
    it(`are refused where this does not know them: ${pattern}`, () => {
      assert.throws(() => parseFilterPattern(pattern), /filter pattern/);
    });
  }

  it("are not guessed at: != of what is not there, and a number for a text", () => {
    assert.throws(() => matches(`{ $.a != "x" }`, {}), /no text/);
    assert.throws(() => matches(`{ $.a = "1" }`, { a: 1 }), /no text/);
  });
});
