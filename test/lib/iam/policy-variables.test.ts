import assert from "node:assert/strict";
import { expandVariables } from "../../../lib/iam/policy-variables";
import { contextLookup } from "../../../lib/iam/request-context";

const context = contextLookup({
  "aws:username": "camera*",
  "aws:TagKeys": ["one", "two"],
  "s3:prefix": "",
});

/** The expanded text with inactive characters in angle brackets, or the variable without a value. */
function expand(pattern: string, lookup: typeof context | undefined = context): string {
  const expansion = expandVariables(pattern, lookup);
  if (expansion.missing !== undefined) return `missing ${expansion.missing}`;
  return expansion.characters
    .map(({ character, active }) => (active ? character : `<${character}>`))
    .join("");
}

describe("iam: expandVariables", () => {
  it("marks the characters of a value as inactive", () => {
    assert.equal(expand("a*/${aws:UserName}/*"), "a*/<c><a><m><e><r><a><*>/*");
    assert.equal(expand("${*}${?}${$}"), "<*><?><$>");
    assert.equal(expand("x${s3:prefix}y"), "xy");
  });

  it("reports the first variable without exactly one value", () => {
    assert.equal(expand("${aws:TagKeys}"), "missing ${aws:TagKeys}");
    assert.equal(expand("${a:b}${a:c}"), "missing ${a:b}");
  });

  it("uses a quoted default for a variable without a value", () => {
    assert.equal(expand("${a:b, 'no'}"), "<n><o>");
    assert.equal(expand("${aws:username, 'no'}"), "<c><a><m><e><r><a><*>");
    assert.equal(expand("${a:b, no}"), "missing ${a:b, no}");
    assert.equal(expand("${a:b, 'no}"), "missing ${a:b, 'no}");
    assert.equal(expand("${a:b, no'}"), "missing ${a:b, no'}");
    assert.equal(expand("${ aws:username , 'no'}"), "<c><a><m><e><r><a><*>");
  });

  it("leaves an unclosed variable and a document without variables as they are", () => {
    assert.equal(expand("a${aws:username"), "a${aws:username");
    assert.deepEqual(expandVariables("${", undefined), {
      characters: [
        { character: "$", active: true },
        { character: "{", active: true },
      ],
    });
  });
});
