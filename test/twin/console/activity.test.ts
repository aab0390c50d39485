import assert from "node:assert/strict";

import { activityOf } from "../../../twin/console/activity";
import type { Part } from "../../../twin/picture/part";

const parts = (["device", "endpoint", "identity", "bucket", "events"] as const).map(
  (part): Part => ({ part, name: part, facts: [], resources: [] }),
);

describe("twin/console/activity", () => {
  for (const [code, failed] of [
    ["login-denied", "identity"],
    ["password-cut", "identity"],
    ["password-former", "identity"],
    ["ports-taken", "endpoint"],
    ["exists", "bucket"],
    ["not-found", "bucket"],
  ] as const) {
    it(`shows a refusal with the code ${code} at ${failed}`, () => {
      const event = { kind: "refused", session: "s1", reason: "a sentence", code } as const;
      assert.equal(activityOf(event, parts)?.failed, failed);
    });
  }

  it("shows a failed identity provider by the sentence, and nothing of other refusals", () => {
    const refused = (reason: string) =>
      activityOf({ kind: "refused", session: "s1", reason }, parts)?.failed;
    assert.equal(refused("the identity provider failed: it returned HTTP 500"), "identity");
    assert.equal(refused("a sentence"), undefined);
  });
});
