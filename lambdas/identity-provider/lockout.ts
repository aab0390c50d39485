/**
 * When repeated failures lock a login. Counted are failures of one name from one address, and failures of
 * one name from anywhere. All times are epoch seconds.
 *
 * A count runs from its first failure for one window, then begins again. When it reaches its bound inside
 * the window, it is a lock, until one window after the last failure. Times are compared here and never left
 * to the table's TTL, which deletes late.
 *
 * Over SORACOM Canal the address is a gateway's, shared by many SIMs, so the first kind is nearly a lock of
 * the name: one user per device keeps a device with a wrong password from locking out the others. A success
 * forgives the failures from its own address only. If it forgave all, a device that logs in every minute
 * would reset the count of an attacker who guesses its password from elsewhere.
 *
 * Names of no user are counted and locked like the others. Otherwise the sixth quick answer would show that
 * a name exists. What a guesser can add to the table is two small items per attempt, gone with the TTL.
 *
 * Attempts made at the same moment all see the count from before, so a burst can overrun the bound by as
 * many attempts as are being answered at once. Counting before checking would close that gap, for a write
 * at every login of every device.
 */
import type { FailureCount, LoginFacts } from "./stores/user-store";

/** The numbers of the lockout. */
export interface LockoutRules {
  /** Failures of one name from one address that lock it there. */
  readonly addressFailures: number;
  /** Failures of one name from anywhere that lock it everywhere. */
  readonly nameFailures: number;
  /** Length of the window, and of a lock, in seconds. */
  readonly windowSeconds: number;
}

/** Whether the name is locked for this address at this time. */
export function isLocked(facts: LoginFacts, rules: LockoutRules, now: number): boolean {
  return (
    reaches(facts.fromAddress, rules.addressFailures) ||
    reaches(facts.fromAnywhere, rules.nameFailures)
  );

  function reaches(count: FailureCount | undefined, bound: number): boolean {
    return (
      count !== undefined &&
      count.failures >= bound &&
      count.lastAt > now - rules.windowSeconds &&
      count.lastAt > (facts.forgivenAt ?? 0)
    );
  }
}
