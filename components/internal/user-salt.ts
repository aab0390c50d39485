import { createHash } from "node:crypto";

/**
 * Salt of the password hash of a user that a program creates. It has to be the same at every evaluation, or every run
 * would show a change of the user; and it must not depend on the password, or it would be a fast hash of it.
 */
export function userSalt(owner: string, userName: string): Buffer {
  return createHash("sha256").update(`${owner}/${userName}`).digest().subarray(0, 16);
}
