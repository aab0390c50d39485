import type { LoginRules } from "../components/identity-function";
import type { Mistakes } from "./mistakes";

/** The numbers of the identity provider, all of them given. */
export type LoginConfig = Required<LoginRules>;

/** The values that do not go together. */
export function checkLogin(login: LoginConfig, userCount: number, mistakes: Mistakes): void {
  const { userStore, lockoutFailures, lockoutUserFailures } = login;
  if (lockoutUserFailures < lockoutFailures) {
    mistakes.add(
      "canal-ftp:lockoutUserFailures",
      lockoutUserFailures,
      `at least canal-ftp:lockoutFailures, which is ${lockoutFailures}`,
    );
  }
  if (userStore === "secretsmanager" && userCount > 0) {
    const allowed = "none with canal-ftp:userStore secretsmanager, where each user is a secret";
    mistakes.add("canal-ftp:users", undefined, allowed);
  }
}
