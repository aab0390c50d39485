/**
 * The rules by which failed logins lock a user. All times are epoch seconds.
 *
 * Failures of a name are counted for each address and over all addresses. A count lasts one window from its first
 * failure and is then reset. A count that reaches its bound within the window is a lock until one window after the
 * last failure. Times are compared here and not left to the table's TTL, which deletes items late.
 *
 * An attempt is counted before its password is checked, by a conditional write that fails at the bound. Therefore no
 * more passwords are checked than the bound allows, however many attempts run concurrently. Only a recently verified
 * password, for a name without failures in the window, needs no write: attempts that read the table before the first
 * failure is written can be compared with that password only.
 *
 * Over SORACOM Canal the address is a gateway's, shared by many SIMs. Therefore:
 * - A lock does not refuse a recently verified password. The attempts compared with it are also counted, each
 *   different password once, up to `nameFailures` from an address.
 * - An address adds at most `addressFailures` to the count of all addresses, so one gateway cannot lock a name for
 *   another.
 * - A success forgives failures from its own address only, and only if the password was not verified before: devices
 *   that log in every minute must not give an attacker at their gateway more guesses.
 *
 * Names that are not on record are counted and locked in the same way, under a digest. Otherwise the response time
 * would reveal which names exist.
 */
import type { FailureCount, LoginFacts } from "./stores/user-store";

/** The limits of the lockout. */
export interface LockoutRules {
  /** Failures of one name from one address that lock it there. */
  readonly addressFailures: number;
  /**
   * Failures of one name from all addresses that lock it everywhere; also the different passwords from one address
   * after which no password is accepted there, not even a recently verified one.
   */
  readonly nameFailures: number;
  /** Length of the window, and of a lock, in seconds. */
  readonly windowSeconds: number;
}

type Failures = Pick<LoginFacts, "fromAddress" | "fromAnywhere" | "forgivenAt">;

/** Whether the name is locked for this address at this time, except for passwords verified recently. */
export function isLocked(facts: Failures, rules: LockoutRules, now: number): boolean {
  return (
    isCounted(facts.fromAddress, rules.addressFailures, facts, rules, now) ||
    isCounted(facts.fromAnywhere, rules.nameFailures, facts, rules, now)
  );
}

/** Whether the name has failures that count at this time, from this address or another. */
export function hasFailures(facts: Failures, rules: LockoutRules, now: number): boolean {
  return [facts.fromAddress, facts.fromAnywhere].some((count) =>
    isCounted(count, 1, facts, rules, now),
  );
}

function isCounted(
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
