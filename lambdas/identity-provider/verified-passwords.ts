/**
 * Passwords that were found right, remembered in the table as keyed digests. A device that comes back costs no hash,
 * and is not stopped by a lock. Only the hash is skipped: the record is read and checked every time, and since its hash
 * is part of the digest, a changed password is forgotten immediately.
 */
import type { Deciders, Note } from "./decision";
import type { OpenStanding } from "./standing";
import type { LoginFacts, VerifiedPassword } from "./stores/user-store";

/** The password of an attempt, and the hash or clear text in the record that it matches. */
export interface RightPassword extends OpenStanding {
  readonly password: string;
  readonly kept: string;
  /** When it was verified, if it is remembered. Epoch seconds. */
  readonly at?: number;
}

/** The most that are remembered of a user: as many as a record has passwords. */
const most = 2;

/** The password, if it is remembered as right for what the record holds now. */
export function recall(
  standing: OpenStanding,
  password: string,
  { verified }: LoginFacts,
  { digests, rules }: Deciders,
  now: number,
): RightPassword | undefined {
  const { user } = standing;
  for (const kept of [...user.passwordHashes, ...(user.plainPasswords ?? [])]) {
    const digest = digests.proof(user.name, password, kept);
    const at = verified.find((known) => known.digest === digest)?.at;
    if (at !== undefined && now < at + rules.rememberSeconds)
      return { ...standing, password, kept, at };
  }
  return undefined;
}

/**
 * Remembers a right password, and makes its hash again where that is below today's cost. The login is granted by now,
 * so nothing here may turn it into a failure.
 */
export async function remember(
  { user, password, kept, at = 0 }: RightPassword,
  { verified }: LoginFacts,
  { store, digests, passwords, rules }: Deciders,
  now: number,
): Promise<Note[]> {
  const notes: Note[] = [];
  let current = kept;
  try {
    const replacement = store.replaceHash && (await passwords.upgrade(password, kept));
    if (replacement !== undefined) {
      await store.replaceHash?.(user, kept, replacement);
      current = replacement;
      notes.push("hash-upgraded");
    }
  } catch {
    notes.push("hash-upgrade-failed");
  }
  const { rememberSeconds, lockout } = rules;
  // Renewed in the second half of its time only, so that a login usually writes nothing.
  if (rememberSeconds === 0 || (current === kept && now < at + rememberSeconds / 2)) return notes;
  const digest = digests.proof(user.name, password, current);
  const others = verified.filter((known) => isOther(known) && now < known.at + rememberSeconds);
  const end = now + Math.max(rememberSeconds, lockout.windowSeconds);
  await store
    .keepVerified(user.name, [{ digest, at: now }, ...others.slice(0, most - 1)], end)
    .catch(() => notes.push("keeping-verified-failed"));
  return notes;

  function isOther(known: VerifiedPassword): boolean {
    return known.digest !== digest && known.digest !== digests.proof(user.name, password, kept);
  }
}
