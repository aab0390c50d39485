import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesTokens, type Token } from "../../../lib/iam/wildcard";

function tokens(pattern: string, crossesColon = true): Token[] {
  return [...pattern].map((character) => {
    if (character === "*") return { run: true, crossesColon };
    return character === "?" ? { run: false, crossesColon } : character;
  });
}

describe("iam: wildcards", () => {
  it("match as a regular expression does", () => {
    const small = (letters: string) =>
      fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((list) => list.join(""));
    fc.assert(
      fc.property(small("ab*?"), small("ab"), (pattern, text) => {
        const expression = pattern.replaceAll("*", ".*").replaceAll("?", ".");
        const expected = new RegExp(`^${expression}$`).test(text);
        assert.equal(matchesTokens(tokens(pattern), text), expected);
      }),
      { numRuns: 500 },
    );
  });

  it("match a colon only where they may", () => {
    assert.equal(matchesTokens(tokens("a*c", false), "a:c"), false);
    assert.equal(matchesTokens(tokens("a?c", false), "a:c"), false);
    assert.equal(matchesTokens(tokens("a*c"), "a:c"), true);
  });

  it("do not backtrack", () => {
    // With backtracking this pattern would not end.
    const pattern = tokens(`${"*a".repeat(12)}b`);
    assert.equal(matchesTokens(pattern, "a".repeat(10_000)), false);
  });
});
