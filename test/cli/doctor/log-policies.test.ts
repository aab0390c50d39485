import assert from "node:assert/strict";

import { AccountAws } from "../../../cli/doctor/account-aws";
import { checkLogPolicies } from "../../../cli/doctor/log-policies";
import { Cloud } from "../core/cloud";

const delivery = "AWSLogDeliveryWrite20150319";

describe("checkLogPolicies", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });

  const check = async (isNew = true) => {
    const { state, found, remedy } = await checkLogPolicies(new AccountAws(cloud.aws()), isNew);
    return { line: `${state}: ${found}`, remedy };
  };
  const withPolicy = async (characters: number, isNew?: boolean) => {
    cloud.logPolicies = { [delivery]: "x".repeat(characters), other: "{}" };
    return check(isNew);
  };

  it("accepts an account without policies, and one with room", async () => {
    assert.equal((await check()).line, "ok: 0 of 10 policies");
    assert.equal((await withPolicy(4119)).line, "ok: 4119 of 5120 characters");
  });

  it("notes a policy that is nearly full, with what to do", async () => {
    const { line, remedy } = await withPolicy(4120);
    assert.equal(line, "note: 4120 of 5120 characters");
    assert.match(String(remedy), /^Remove log groups that no longer exist/);
  });

  it("fails before the first update when the server's log group does not fit", async () => {
    assert.equal((await withPolicy(4920)).line, "note: 4920 of 5120 characters");
    assert.equal((await withPolicy(4921)).line, "failed: 4921 of 5120 characters");
    assert.equal((await withPolicy(5120, false)).line, "note: 5120 of 5120 characters");
  });

  it("fails when the account has ten other policies", async () => {
    cloud.logPolicies = Object.fromEntries([...Array(10).keys()].map((i) => [`p${i}`, "{}"]));
    const { line, remedy } = await check();
    assert.equal(line, "failed: 10 of 10 policies");
    assert.match(String(remedy), /^Delete a policy/);
  });

  it("notes what the credentials may not read", async () => {
    cloud.awsError = { code: "AccessDeniedException", message: "not allowed" };
    const { line, remedy } = await check();
    assert.equal(line, "note: cannot be read");
    assert.match(String(remedy), /AccessDeniedException/);
  });
});
