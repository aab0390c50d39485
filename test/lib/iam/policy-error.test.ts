import assert from "node:assert/strict";
import { isRecord, PolicyError, rejectUnknown } from "../../../lib/iam/policy-error";

describe("iam: policy errors", () => {
  it("name policy and element", () => {
    assert.throws(() => rejectUnknown("role::files", "Statement[0]", { Sid: 1, Sld: 2 }, ["Sid"]), {
      name: PolicyError.name,
      message: 'Statement[0] of role::files has the unknown element "Sld"',
    });
    rejectUnknown("role::files", "Statement[0]", { Sid: 1 }, ["Sid", "Effect"]);
  });

  it("an object is a record, a list and null are not", () => {
    assert.deepEqual([{}, [], null, "a"].map(isRecord), [true, false, false, false]);
  });
});
