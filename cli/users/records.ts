import { dummyHash, hashPassword } from "../../lambdas/identity-provider/password";
import { userProblems } from "../../lambdas/identity-provider/user-rules";
import type { UserRecord } from "../../lambdas/identity-provider/stores/user-store";
import type { UserFields } from "./fields";
import type { Site } from "./site";

/** A record, with defaults for missing fields. */
export function recordOf(name: string, hash: string, fields: UserFields): UserRecord {
  return {
    enabled: true,
    access: "read-write",
    mappings: [],
    ...fields,
    name,
    passwordHashes: [hash],
  };
}

/** The reasons why the function would refuse the user with every password; empty for a valid record. */
export function problemsOf(name: string, fields: UserFields, { space, scrypt }: Site): string[] {
  return userProblems(recordOf(name, dummyHash(scrypt), fields), space);
}

/** The hash of a new password, at the cost the stack is configured with. */
export function hashOf(password: string, { scrypt }: Site): Promise<string> {
  return hashPassword(password, scrypt);
}
