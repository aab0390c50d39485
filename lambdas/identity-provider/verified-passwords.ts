/**
 * Verified passwords, stored in the table as keyed digests. The next login of the same device needs no hash and is
 * not refused by a lock. Only the hash is skipped: the record is read and checked at every login, and since its hash
 * is part of the digest, a changed password invalidates the digest immediately.
 */
import type { AuthenticatorDependencies, Note } from "./decision";
import type { AllowedRecord } from "./record-check";
import type { LoginFacts, VerifiedPassword } from "./stores/user-store";

/** The password of an attempt, and the matching hash or clear text in the record. */
export interface CorrectPassword extends AllowedRecord {
  readonly password: string;
  readonly stored: string;
  /** Time of its last verification in epoch seconds; undefined when no digest is stored. */
  readonly at?: number;
}

/** Maximum number of digests for each user: the maximum number of passwords in a record. */
const maxVerified = 2;

/** The password, if a digest of it and of the record's present hash is stored and has not expired. */
export function findVerified(
  check: AllowedRecord,
  password: string,
  { verified }: LoginFacts,
  { digests, rules }: AuthenticatorDependencies,
  now: number,
): CorrectPassword | undefined {
  const { user } = check;
  for (const stored of [...user.passwordHashes, ...(user.plainPasswords ?? [])]) {
    const digest = digests.verified(user.name, password, stored);
    const at = verified.find((known) => known.digest === digest)?.at;
    if (at !== undefined && now < at + rules.rememberSeconds)
      return { ...check, password, stored, at };
  }
  return undefined;
}

/**
 * Stores the digest of a verified password, and upgrades its hash when that has a lower cost than configured. Called
 * after the login was granted: an error here must not make it fail.
 */
export async function saveVerified(
  { user, password, stored, at = 0 }: CorrectPassword,
  { verified }: LoginFacts,
  { store, digests, passwords, rules }: AuthenticatorDependencies,
  now: number,
): Promise<Note[]> {
  const notes: Note[] = [];
  let current = stored;
  try {
    const replacement = store.replaceHash && (await passwords.upgrade(password, stored));
    if (replacement !== undefined) {
      await store.replaceHash?.(user, stored, replacement);
      current = replacement;
      notes.push("hash-upgraded");
    }
  } catch {
    notes.push("hash-upgrade-failed");
  }
  const { rememberSeconds, lockout } = rules;
  // Renewed only in the second half of its lifetime, so that a login usually writes nothing.
  if (rememberSeconds === 0 || (current === stored && now < at + rememberSeconds / 2)) return notes;
  const digest = digests.verified(user.name, password, current);
  const others = verified.filter((known) => isOther(known) && now < known.at + rememberSeconds);
  const end = now + Math.max(rememberSeconds, lockout.windowSeconds);
  await store
    .keepVerified(user.name, [{ digest, at: now }, ...others.slice(0, maxVerified - 1)], end)
    .catch(() => notes.push("keeping-verified-failed"));
  return notes;

  function isOther(known: VerifiedPassword): boolean {
    return (
      known.digest !== digest && known.digest !== digests.verified(user.name, password, stored)
    );
  }
}
