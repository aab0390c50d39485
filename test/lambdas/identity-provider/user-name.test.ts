import assert from "node:assert/strict";
import fc from "fast-check";
import { isUserName } from "../../../lambdas/identity-provider/user-name";

describe("User names", () => {
  it("are 3 to 100 of the documented characters", () => {
    for (const name of ["abc", "a.b", "___", "0-@", "cam-01@site.example", "A".repeat(100)]) {
      assert.equal(isUserName(name), true, name);
    }
    for (const name of [
      "",
      "ab",
      "-ab",
      ".ab",
      "@ab",
      "a b",
      "a/b",
      "a#b",
      "a:b",
      "abc\n",
      "äbc",
    ]) {
      assert.equal(isUserName(name), false, name);
    }
    assert.equal(isUserName("A".repeat(101)), false);
  });

  it("hold nothing that a key, a policy or a path gives a meaning to", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 110 }), (text) => {
        if (isUserName(text)) assert.doesNotMatch(text, /[^\w@.-]|^\./);
      }),
      { numRuns: 2000 },
    );
  });
});
