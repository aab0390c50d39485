/**
 * When failed logins lock a user. All times are epoch seconds.
 *
 * Counted are failures of a name from one address, and failures of a name from all addresses. A count runs from its
 * first failure for one window, then begins again. When it reaches its bound inside the window, it is a lock, until
 * one window after the last failure. Times are compared here and never left to the table's TTL, which deletes late.
 *
 * An attempt is counted before its password is checked, by a conditional write that fails at the bound. So no more
 * passwords are checked than the bound allows, however many attempts run at the same time. Only a password that was
 * verified recently, for a name without failures in the window, needs no write: attempts that read the table before
 * the first failure is written can each be compared with that password, and with nothing else.
 *
 * Over SORACOM Canal the address is a gateway's, shared by many SIMs. Therefore:
 * - A lock does not stop a password that was verified recently. The attempts compared with it are counted too, each
 *   different password once, up to `nameFailures` from an address.
 * - An address adds at most `addressFailures` to the count of all addresses, so one gateway cannot lock a name for
 *   another.
 * - A success forgives failures from its own address only, and only if the password was not verified before: devices
 *   that log in every minute must not give an attacker at their gateway more guesses.
 *
 * Names that are not on record are counted and locked in the same way, under a digest. Otherwise a quick answer would
 * show which names exist.
 */
import type { FailureCount, LoginFacts } from "./stores/user-store";

/** The numbers of the lockout. */
export interface LockoutRules {
  /** Failures of one name from one address that lock it there. */
  readonly addressFailures: number;
  /**
   * Failures of one name from all addresses that lock it everywhere; also the different passwords from one address
   * after which not even a password that was verified recently is accepted there.
   */
  readonly nameFailures: number;
  /** Length of the window, and of a lock, in seconds. */
  readonly windowSeconds: number;
}

type Failures = Pick<LoginFacts, "fromAddress" | "fromAnywhere" | "forgivenAt">;

/** Whether the name is locked for this address at this time, except for passwords verified recently. */
export function isLocked(facts: Failures, rules: LockoutRules, now: number): boolean {
  return (
    isLive(facts.fromAddress, rules.addressFailures, facts, rules, now) ||
    isLive(facts.fromAnywhere, rules.nameFailures, facts, rules, now)
  );
}

/** Whether the name has failures that count at this time, from this address or another. */
export function hasFailures(facts: Failures, rules: LockoutRules, now: number): boolean {
  return [facts.fromAddress, facts.fromAnywhere].some((count) =>
    isLive(count, 1, facts, rules, now),
  );
}

function isLive(
  count: FailureCount | undefined,
  least: number,
  { forgivenAt = 0 }: Failures,
  { windowSeconds }: LockoutRules,
  now: number,
): boolean {
  return (
    count !== undefined &&
    count.failures >= least &&
    count.lastAt > now - windowSeconds &&
    count.lastAt > forgivenAt
  );
}
