import type { LoginRules } from "../components/identity-function";
import type { Mistakes } from "./mistakes";
import type { SiteValues } from "./site-schema";

/** The login rules of the identity provider, all of them given. */
export type LoginConfig = Required<LoginRules>;

export function loginConfig(values: SiteValues): LoginConfig {
  const { userStore, lockoutFailures, lockoutUserFailures, lockoutWindowSeconds } = values;
  const { rememberSeconds, scryptLn, secretName } = values;
  return {
    userStore,
    secretName,
    lockoutFailures,
    lockoutUserFailures,
    lockoutWindowSeconds,
    rememberSeconds,
    scryptLn,
  };
}

/** Values of which each is valid, but not together. */
export function checkLogin(
  { userStore, lockoutFailures = 0, lockoutUserFailures = Infinity, users }: Partial<SiteValues>,
  mistakes: Mistakes,
): void {
  if (lockoutUserFailures < lockoutFailures) {
    mistakes.add(
      "canal-ftp:lockoutUserFailures",
      lockoutUserFailures,
      `at least canal-ftp:lockoutFailures, which is ${lockoutFailures}`,
    );
  }
  if (userStore === "secretsmanager" && users?.length) {
    const allowed = "none with canal-ftp:userStore secretsmanager, where each user is a secret";
    mistakes.add("canal-ftp:users", undefined, allowed);
  }
}
