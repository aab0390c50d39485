import { isLocked, type LockoutRules } from "../../lambdas/identity-provider/lockout";
import {
  DamagedItem,
  fromItem,
  keys,
  numberIn,
  verifiedIn,
  type Item,
} from "../../lambdas/identity-provider/stores/user-record";
import type { FailureCount, UserRecord } from "../../lambdas/identity-provider/stores/user-store";

/** Locks of a user, by the rules of the function. */
export interface Locks {
  /** Whether failures from all addresses together lock the user for every address. */
  readonly everywhere: boolean;
  /** Addresses that the user is locked for. */
  readonly addresses: readonly string[];
}

/** Failures of one name. */
interface Failures {
  fromAnywhere?: FailureCount;
  forgivenAt?: number;
  readonly byAddress: Map<string, FailureCount>;
}

/** Users and failures, collected from items of the user table. */
export class Contents {
  /** Users by name. */
  readonly users = new Map<string, UserRecord>();
  /** Names with a record that the function cannot read, and whose logins it denies. */
  readonly damaged: string[] = [];
  private readonly failures = new Map<string, Failures>();
  private readonly verifiedAt = new Map<string, number>();

  add(item: Item): void {
    const pk = "S" in item.pk ? item.pk.S : "";
    if (pk.startsWith(keys.user(""))) this.takeUser(pk.slice(keys.user("").length), item);
    else if (pk.startsWith(keys.failures(""))) this.takeFailures(pk, item);
  }

  /** All names, sorted. */
  names(): string[] {
    return [...this.users.keys(), ...this.damaged].sort();
  }

  /** When a password of the user was last kept as verified, in epoch seconds; undefined when none is kept. */
  lastVerified(name: string): number | undefined {
    return this.verifiedAt.get(name);
  }

  /** @param now - Epoch seconds. */
  locks(name: string, rules: LockoutRules, now: number): Locks {
    const { fromAnywhere, forgivenAt, byAddress } = this.failures.get(name) ?? {
      byAddress: new Map<string, FailureCount>(),
    };
    const facts = { serverKnown: true, user: undefined, forgivenAt };
    return {
      everywhere: isLocked({ ...facts, fromAnywhere }, rules, now),
      addresses: [...byAddress]
        .filter(([, fromAddress]) => isLocked({ ...facts, fromAddress }, rules, now))
        .map(([address]) => address)
        .sort(),
    };
  }

  private takeUser(name: string, item: Item): void {
    try {
      this.users.set(name, fromItem(item));
    } catch (error) {
      if (!(error instanceof DamagedItem)) throw error;
      this.damaged.push(name);
    }
  }

  private takeFailures(pk: string, item: Item): void {
    const [name, address] = pk.slice(keys.failures("").length).split("#");
    const [failures, firstAt, lastAt] = ["failures", "firstAt", "lastAt"].map(
      (attribute) => numberIn(item, attribute) ?? 0,
    );
    const known = this.failures.get(name) ?? { byAddress: new Map<string, FailureCount>() };
    this.failures.set(name, known);
    const count = { failures, firstAt, lastAt };
    if (address !== undefined) {
      known.byAddress.set(address, count);
      return;
    }
    Object.assign(known, { fromAnywhere: count, forgivenAt: numberIn(item, "forgivenAt") });
    const verified = verifiedIn(item).map(({ at }) => at);
    if (verified.length > 0) this.verifiedAt.set(name, Math.max(...verified));
  }
}
