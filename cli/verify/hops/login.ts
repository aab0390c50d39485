import type { Finding } from "../../core/findings";
import type { Hop } from "../hop";
import type { LoginTest } from "../login-client";
import type { Subject } from "../subject";

/** The identity provider lets a user of the table in, and says with which role and home. */
export const loginHop: Hop = {
  name: "login",
  check: async (subject) => {
    const { user, noUser, logIn } = subject;
    if (noUser) return [noUser];
    return [judge(await logIn(user), user !== undefined, subject)];
  },
};

/** What a test login tells of the identity provider. */
export function judge(
  test: LoginTest,
  isKnown: boolean,
  { stack, outputs }: Pick<Subject, "stack" | "outputs">,
): Finding {
  const check = "TestIdentityProvider";
  const again = `pulumi up -s ${stack} --refresh`;
  switch (test.kind) {
    case "granted":
      if (isKnown) return { check, state: "ok", found: "the temporary user was let in" };
      return {
        check,
        state: "failed",
        found: "let in a user that nobody has made",
        wanted: "a refusal",
        remedy: `The identity provider lets in whoever asks: stop the server, then see whose function it asks. ${again}`,
      };
    case "refused":
      // Users are secrets: none was made, and the answer proves that the function was reached.
      if (!isKnown) return { check, state: "ok", found: "asked, and refused an unknown user" };
      return {
        check,
        state: "failed",
        found: "refused a user of the table",
        wanted: "the temporary user let in",
        remedy: `The function was reached and refuses a user that is in ${outputs.userTable}. Its log says why: it may not read the table, reads another one, knows another server, or takes no logins from the devices' range. ${again} puts its role and settings back.`,
      };
    case "failed":
      return {
        check,
        state: "failed",
        found: `${test.status} ${test.message}`.trim(),
        wanted: "200",
        remedy: `Transfer Family's question about a login got no answer. If the function's log shows no call, API Gateway may not call it (its permission for apigateway.amazonaws.com) or the API was changed; if it shows one, the function failed, and the log says at what: mostly a table or secret that its role may not read. ${again} puts permission, API and function back.`,
      };
  }
}
