import { clip, Latest } from "./bounded";
import type { Update, ShownLock } from "./updates";

/** The most users with failed logins. */
const maxLocks = 50;

/** The lockout's settings, from the login function's variables. */
export interface LockRules {
  /** Failures of one user from one address that lock the user there; undefined: none do. */
  readonly failures?: number;
  /** Milliseconds that failures count and a lock lasts. */
  readonly windowMs: number;
}

/** A decision in the login function's log (lambdas/identity-provider/telemetry.ts). */
interface Decision {
  readonly outcome?: unknown;
  readonly Reason?: unknown;
  readonly user?: unknown;
  readonly address?: unknown;
}

/** Reasons of denials that count as a failure of the user. */
const countedReasons = [
  ...["unknown-user", "damaged-record", "bad-mappings", "disabled", "expired"],
  ...["address-not-allowed", "no-password", "wrong-password"],
];

interface Count {
  readonly failures: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly locked: boolean;
  readonly user: string;
  readonly address: string;
}

/** Failed logins and locks, from the login function's log. */
export class LockList {
  private readonly kept = new Latest<string, Count>(maxLocks);

  constructor(private readonly rules: LockRules) {}

  /** @param printed - One or more lines of the function's log. */
  add(printed: string, at: number): Update[] {
    return printed.split("\n").flatMap((line) => this.apply(decisionOf(line), at));
  }

  /** The failures that have not expired at this time. */
  all(at: number): ShownLock[] {
    return this.kept.all.filter((count) => this.until(count) > at).map((count) => this.show(count));
  }

  private apply({ outcome, Reason, user, address }: Decision, at: number): Update[] {
    if (typeof user !== "string" || typeof address !== "string") return [];
    const key = `${user} ${address}`;
    if (outcome === "granted") {
      return this.kept.delete(key) ? [{ kind: "unlock", key }] : [];
    }
    if (outcome !== "denied") return [];
    const before = this.current(key, at);
    if (Reason === "locked") {
      // The user may have been locked before the twin started, or from another address.
      const since = before ?? { failures: 0, firstAt: at, lastAt: at, user, address };
      return this.put(key, { ...since, locked: true });
    }
    if (!countedReasons.includes(String(Reason))) return [];
    const failures = (before?.failures ?? 0) + 1;
    const locked = failures >= (this.rules.failures ?? Infinity);
    return this.put(key, {
      ...{ failures, locked, user, address },
      firstAt: before?.firstAt ?? at,
      lastAt: at,
    });
  }

  /** A count lasts one window from its first failure; a lock lasts until one window after the last. */
  private current(key: string, at: number): Count | undefined {
    const count = this.kept.get(key);
    return count && this.until(count) > at ? count : undefined;
  }

  private until({ locked, firstAt, lastAt }: Count): number {
    return (locked ? lastAt : firstAt) + this.rules.windowMs;
  }

  private put(key: string, count: Count): Update[] {
    const left = this.kept.set(key, count, ({ locked }) => !locked);
    return [
      ...(left === undefined ? [] : [{ kind: "unlock", key: left } as const]),
      { kind: "lock", lock: this.show(count) },
    ];
  }

  private show(count: Count): ShownLock {
    const { user, address, failures, locked } = count;
    const key = `${user} ${address}`;
    return { key, user: clip(user), address, failures, locked, until: this.until(count) };
  }
}

function decisionOf(line: string): Decision {
  try {
    return (JSON.parse(line) ?? {}) as Decision;
  } catch {
    // Other output of the function is not a decision.
    return {};
  }
}
