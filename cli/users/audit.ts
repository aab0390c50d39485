import { userProblems } from "../../lambdas/identity-provider/user-rules";
import type { Contents } from "./contents";
import type { Site } from "./site";

/** A finding about a user. */
export interface UserFinding {
  readonly name: string;
  /** A problem prevents logins, now or later; a note does not. */
  readonly level: "problem" | "note";
  readonly code: string;
  readonly text: string;
}

/** Names that other services of AWS or devices treat specially. */
const specialNames = new Set(["root", "admin", "administrator", "anonymous", "ftp"]);

const day = 24 * 60 * 60;

/**
 * The findings about the users of a table, by name.
 *
 * @param now - Epoch seconds.
 */
export function auditUsers(contents: Contents, site: Site, now: number): UserFinding[] {
  const findings: UserFinding[] = [];
  const shared = usersByAddress(contents);
  for (const name of contents.names()) {
    const find = (level: UserFinding["level"], code: string, text: string) =>
      void findings.push({ name, level, code, text });
    const user = contents.users.get(name);
    if (!user) {
      find("problem", "damaged", "The record cannot be read: remove it and add it again.");
      continue;
    }
    for (const problem of userProblems(user, site.space)) find("problem", "refused", problem);
    if (user.validUntil !== undefined && user.validUntil <= now) {
      find(
        "problem",
        "expired",
        "Access has ended: set another end with users set --until, or remove the user.",
      );
    }
    if (!user.enabled) find("note", "disabled", "The user is disabled.");
    if (user.allowedCidrs?.length === 0) {
      find(
        "problem",
        "nowhere",
        "The user is not allowed to log in from any address: users set --from.",
      );
    }
    if (user.passwordHashes.length > 1) {
      find(
        "note",
        "two-passwords",
        "A rotation is not finished: users rotate --finish or --cancel.",
      );
    }
    if (site.rememberSeconds > 0 && contents.lastVerified(name) === undefined) {
      const days = Math.floor(site.rememberSeconds / day);
      find("note", "unused", `No login was accepted in the last ${days} days.`);
    }
    for (const address of user.allowedCidrs ?? []) {
      const others = (shared.get(address) ?? []).filter((other) => other !== name);
      if (others.length > 0) {
        find("note", "same-address", `${address} is also the address of ${others.join(", ")}.`);
      }
    }
    if (specialNames.has(name.toLowerCase())) {
      find(
        "note",
        "special-name",
        "Other servers block or reserve this name, and attackers try it first.",
      );
    }
  }
  return findings;
}

/** Users by the single addresses that they may log in from. */
function usersByAddress({ users }: Contents): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, allowedCidrs = [] } of users.values()) {
    for (const block of allowedCidrs) {
      if (block.endsWith("/32")) found.set(block, [...(found.get(block) ?? []), name]);
    }
  }
  return found;
}
