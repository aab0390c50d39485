import { clip, Latest } from "./bounded";
import type { Change, ShownLock } from "./change";

/** Names with failed logins that are kept. */
const MOST_LOCKS = 50;

/** The numbers of the lockout, as the login function was given them. */
export interface LockRules {
  /** Failures of one name from one address that lock it there; undefined: nothing locks. */
  readonly failures?: number;
  /** Milliseconds failures count, and a lock lasts. */
  readonly windowMs: number;
}

/** A decision as the login function prints it (lambdas/identity-provider/telemetry.ts). */
interface Decision {
  readonly outcome?: unknown;
  readonly Reason?: unknown;
  readonly user?: unknown;
  readonly address?: unknown;
}

/** Refusals that count as a failure of the name. */
const COUNTED = [
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

/** Who is locked, by what the login function prints of its decisions. */
export class LockBook {
  private readonly kept = new Latest<string, Count>(MOST_LOCKS);

  constructor(private readonly rules: LockRules) {}

  /** @param printed one or more lines of the function's log */
  take(printed: string, at: number): Change[] {
    return printed.split("\n").flatMap((line) => this.decide(decisionOf(line), at));
  }

  /** What still counts at this time. */
  all(at: number): ShownLock[] {
    return this.kept.all.filter((count) => this.until(count) > at).map((count) => this.show(count));
  }

  private decide({ outcome, Reason, user, address }: Decision, at: number): Change[] {
    if (typeof user !== "string" || typeof address !== "string") return [];
    const key = `${user} ${address}`;
    if (outcome === "granted") {
      return this.kept.delete(key) ? [{ kind: "unlock", key }] : [];
    }
    if (outcome !== "denied") return [];
    const before = this.counting(key, at);
    if (Reason === "locked") {
      // The name may be locked from before this twin was started, or from another address.
      const since = before ?? { failures: 0, firstAt: at, lastAt: at, user, address };
      return this.put(key, { ...since, locked: true });
    }
    if (!COUNTED.includes(String(Reason))) return [];
    const failures = (before?.failures ?? 0) + 1;
    const locked = failures >= (this.rules.failures ?? Infinity);
    return this.put(key, {
      ...{ failures, locked, user, address },
      firstAt: before?.firstAt ?? at,
      lastAt: at,
    });
  }

  /** A count runs from its first failure for one window; a lock until one window after the last. */
  private counting(key: string, at: number): Count | undefined {
    const count = this.kept.get(key);
    return count && this.until(count) > at ? count : undefined;
  }

  private until({ locked, firstAt, lastAt }: Count): number {
    return (locked ? lastAt : firstAt) + this.rules.windowMs;
  }

  private put(key: string, count: Count): Change[] {
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
    // Whatever else the function prints is no decision.
    return {};
  }
}
