import assert from "node:assert/strict";
import { userProblems } from "../../../lambdas/identity-provider/user-rules";
import type { UserRecord } from "../../../lambdas/identity-provider/stores/user-store";
import { hashes, rules, user } from "./support/fixtures";

describe("Mistakes of a user record", () => {
  const problems = async (fields: Partial<UserRecord> = {}) =>
    userProblems(await user("cam-1", fields), rules.space);

  it("is nothing, of a sound user", async () => {
    assert.deepEqual(await problems(), []);
    assert.deepEqual(
      await problems({
        passwordHashes: [await hashes.first, await hashes.next],
        validUntil: 1_900_000_000,
        allowedCidrs: ["100.64.0.0/16"],
        access: "drop-box",
        mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
      }),
      [],
    );
  });

  const faults: [string, Partial<UserRecord>, RegExp][] = [
    ["a name no login can have", { name: "a/b" }, /User name "a\/b"/],
    ["no hash", { passwordHashes: [] }, /one or two password hashes, not 0/],
    ["three hashes", { passwordHashes: ["a", "b", "c"] }, /not 3/],
    ["a range that is none", { allowedCidrs: ["100.64.0.1/10"] }, /"100.64.0.1\/10"/],
    ["an end that is none", { validUntil: NaN }, /validUntil/],
    [
      "a mapping out of bounds",
      { mappings: [{ entry: "/x", target: "users", access: "read-only" }] },
      /"users"/,
    ],
  ];
  for (const [what, fields, message] of faults) {
    it(`is a sentence about ${what}`, async () => {
      assert.match((await problems(fields))[0], message);
    });
  }

  it("reports a damaged hash without quoting it", async () => {
    const [problem] = await problems({ passwordHashes: ["plain-text-secret"] });
    assert.match(problem, /hash is damaged/);
    assert.doesNotMatch(problem, /plain-text-secret/);
  });
});
