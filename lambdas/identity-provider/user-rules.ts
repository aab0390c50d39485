/** The rules for user records, for programs that write records. */
import { parseCidr } from "../../lib/ipv4";
import { describeFolders } from "./grant";
import type { FileSpace } from "./home";
import { parseHash } from "./password";
import type { UserRecord } from "./stores/user-store";
import { isUserName } from "./user-name";

/**
 * The problems of a record, a sentence each; empty for a valid record. The function denies logins for the same
 * problems, so checking records before they are written prevents users who cannot log in.
 */
export function userProblems(user: UserRecord, space: FileSpace): string[] {
  const problems: string[] = [];
  if (!isUserName(user.name)) {
    problems.push(
      `User name ${JSON.stringify(user.name.slice(0, 120))} is not 3 to 100 of A-Z a-z 0-9 _ @ . -, beginning with a letter, digit or _.`,
    );
  }
  if (user.passwordHashes.length < 1 || user.passwordHashes.length > 2) {
    problems.push(`A user has one or two password hashes, not ${user.passwordHashes.length}.`);
  }
  if (user.passwordHashes.some((hash) => parseHash(hash) === undefined)) {
    problems.push("A password hash is damaged, or costs more than a login may.");
  }
  for (const cidr of user.allowedCidrs ?? []) {
    if (!parseCidr(cidr))
      problems.push(`Source range ${JSON.stringify(cidr)} is not an IPv4 block.`);
  }
  if (user.validUntil !== undefined && !(user.validUntil >= 0)) {
    problems.push("validUntil is a time in epoch seconds.");
  }
  return [...problems, ...describeFolders(user, space).problems];
}
