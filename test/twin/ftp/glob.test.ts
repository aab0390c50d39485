import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesGlob } from "../../../twin/ftp/glob";

const cases: [pattern: string, name: string, matches: boolean][] = [
  ["*.txt", "a.txt", true],
  ["*.txt", "a.txt.bak", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["[ab]x", "bx", true],
  ["[ab]x", "cx", false],
  ["[a-c]x", "bx", true],
  ["[a-c]x", "dx", false],
  ["[^a-c]x", "dx", true],
  ["[^a-c]x", "bx", false],
  ["[a-]x", "-x", true],
  ["[ab", "a", false],
  ["*.TXT", "a.txt", false],
  ["a.c", "abc", false],
  ["*a*b", "xxaxxbb", true],
  ["**", "", true],
  ["", "", true],
  ["", "a", false],
  ["日*", "日本", true],
];

describe("matchesGlob", () => {
  for (const [pattern, name, matches] of cases) {
    it(`${JSON.stringify(pattern)} ${matches ? "takes" : "leaves"} ${JSON.stringify(name)}`, () => {
      assert.equal(matchesGlob(name, pattern), matches);
    });
  }

  it("agrees with the same pattern as a regular expression", () => {
    const symbol = fc.constantFrom("a", "b", "*", "?");
    fc.assert(
      fc.property(
        fc.string({ unit: symbol }),
        fc.string({ unit: fc.constantFrom("a", "b") }),
        (pattern, name) => {
          const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
          assert.equal(matchesGlob(name, pattern), new RegExp(`^${source}$`).test(name));
        },
      ),
    );
  });

  it("is quick with a pattern made to be slow", () => {
    const start = performance.now();
    assert.equal(matchesGlob("a".repeat(255), `${"*a".repeat(100)}*b`), false);
    assert.ok(performance.now() - start < 200);
  });
});
