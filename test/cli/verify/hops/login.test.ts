import assert from "node:assert/strict";

import { interpretLogin } from "../../../../cli/verify/hops/login";
import type { LoginTest } from "../../../../cli/verify/login-client";
import type { SiteOutputs } from "../../../../cli/verify/subject";

describe("judge", () => {
  const granted: LoginTest = {
    kind: "granted",
    answer: { role: "arn:aws:iam::123456789012:role/files", homeDirectoryType: "LOGICAL" },
  };
  const failed: LoginTest = { kind: "failed", status: 500, message: "Internal server error" };
  const cases: [test: LoginTest, isKnown: boolean, state: string, found: RegExp][] = [
    [granted, true, "ok", /accepted the temporary user/],
    [granted, false, "failed", /accepted a user that does not exist/],
    [{ kind: "refused" }, true, "failed", /refused a user of the table/],
    [{ kind: "refused" }, false, "ok", /refused an unknown user/],
    [failed, true, "failed", /^500 Internal server error$/],
    [failed, false, "failed", /^500 Internal server error$/],
  ];
  for (const [test, isKnown, state, found] of cases) {
    it(`${test.kind} for ${isKnown ? "the temporary" : "an unknown"} user: ${state}`, () => {
      const outputs = { userTable: "users" } as SiteOutputs;
      const finding = interpretLogin(test, isKnown, { stack: "dev", outputs });
      assert.equal(finding.state, state);
      assert.match(finding.found, found);
      assert.equal(finding.remedy?.includes("pulumi up -s dev"), state === "ok" ? undefined : true);
    });
  }
});
