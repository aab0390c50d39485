import type { Finding } from "../../core/findings";
import type { Hop } from "../hop";
import type { LoginTest } from "../login-client";
import type { Subject } from "../subject";

/** The identity provider accepts a user of the table, with a role and a home. */
export const loginHop: Hop = {
  name: "login",
  check: async (subject) => {
    const { user, noUser, logIn } = subject;
    if (noUser) return [noUser];
    return [interpretLogin(await logIn(user), user !== undefined, subject)];
  },
};

/** Interprets the result of the test login. */
export function interpretLogin(
  test: LoginTest,
  isKnown: boolean,
  { stack, outputs }: Pick<Subject, "stack" | "outputs">,
): Finding {
  const check = "TestIdentityProvider";
  const again = `pulumi up -s ${stack} --refresh`;
  switch (test.kind) {
    case "granted":
      if (isKnown) return { check, state: "ok", found: "accepted the temporary user" };
      return {
        check,
        state: "failed",
        found: "accepted a user that does not exist",
        expected: "refused",
        remedy: `The identity provider accepts unknown users: stop the server, then check which function it calls. ${again}`,
      };
    case "refused":
      // Where users are secrets, none was created. The reply proves that the function was called.
      if (!isKnown) return { check, state: "ok", found: "refused an unknown user" };
      return {
        check,
        state: "failed",
        found: "refused a user of the table",
        expected: "accepted",
        remedy: `The function was called and refused a user that is in ${outputs.userTable}. Its log states why: it may not read the table, reads another one, has another server registered, or refuses logins from the devices' range. ${again} restores its role and settings.`,
      };
    case "failed":
      return {
        check,
        state: "failed",
        found: `${test.status} ${test.message}`.trim(),
        expected: "200",
        remedy: `Transfer Family got no valid reply from the identity provider. If the function's log shows no call, API Gateway may not call it (its permission for apigateway.amazonaws.com) or the API was changed. If it shows one, the function failed, and the log states why: usually a table or secret that its role may not read. ${again} restores permission, API and function.`,
      };
  }
}
