import type {
  Admission,
  Attempt,
  FailureCount,
  LoginFacts,
  LoginKey,
  UserRecord,
  UserStore,
  VerifiedPassword,
} from "../../../../lambdas/identity-provider/stores/user-store";
import { rules, serverId } from "./fixtures";

/** Users in memory. It counts failures without windows: those are the table's, and tested there. */
export class MemoryStore implements UserStore {
  readonly users = new Map<string, LoginFacts["user"]>();
  readonly servers = new Set([serverId]);
  /** By `NAME` and `NAME#ADDRESS`. */
  readonly counts = new Map<string, FailureCount>();
  readonly guesses = new Map<string, Set<string>>();
  readonly verified = new Map<string, readonly VerifiedPassword[]>();
  readonly failing = new Map<string, number>();
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  /** Methods that fail when called. */
  readonly broken = new Set<string>();

  add(...users: UserRecord[]): this {
    for (const user of users) this.users.set(user.name, user);
    return this;
  }

  async readFacts({ serverId: id, user, address }: LoginKey): Promise<LoginFacts> {
    this.called("look");
    return {
      serverKnown: this.servers.has(id),
      user: this.users.get(user),
      fromAddress: this.counts.get(`${user}#${address}`),
      fromAnywhere: this.counts.get(user),
      verified: this.verified.get(user) ?? [],
    };
  }

  async admit({ name, address, guess }: Attempt, now: number): Promise<Admission> {
    this.called("admit");
    const { addressFailures, nameFailures } = rules.lockout;
    const key = `${name}#${address}`;
    const guesses = this.guesses.get(key) ?? new Set();
    this.guesses.set(key, guesses);
    const hasRoom = guesses.size < nameFailures;
    const { failures = 0 } = this.counts.get(key) ?? {};
    if (failures >= addressFailures || !hasRoom) {
      const checks = hasRoom || guesses.has(guess) ? "verified" : "none";
      if (hasRoom) guesses.add(guess);
      return { checks, addedToName: false, isFirst: false };
    }
    guesses.add(guess);
    this.change(key, 1, now);
    const counted = { failures: failures + 1, firstAt: now };
    const isLocked = (this.counts.get(name)?.failures ?? 0) >= nameFailures;
    if (!isLocked) this.change(name, 1, now);
    const checks = isLocked ? "verified" : "any";
    return { checks, counted, addedToName: !isLocked, isFirst: failures === 0 };
  }

  async release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void> {
    this.called("release");
    const { name, address, guess } = attempt;
    const key = `${name}#${address}`;
    this.guesses.get(key)?.delete(guess);
    if (admission.addedToName) this.change(name, -1);
    if (forgive) this.counts.delete(key);
    else if (admission.counted) this.change(key, -1);
  }

  async keepVerified(user: string, verified: readonly VerifiedPassword[]): Promise<void> {
    this.called("keepVerified");
    this.verified.set(user, verified);
  }

  async countName(address: string): Promise<number> {
    this.called("countName");
    const failing = (this.failing.get(address) ?? 0) + 1;
    this.failing.set(address, failing);
    return failing;
  }

  async replaceHash(user: UserRecord, old: string, replacement: string): Promise<void> {
    this.called("replaceHash");
    const passwordHashes = user.passwordHashes.map((hash) => (hash === old ? replacement : hash));
    this.users.set(user.name, { ...user, passwordHashes });
  }

  private change(key: string, by: number, now?: number): void {
    const count = this.counts.get(key) ?? { failures: 0, firstAt: now ?? 0, lastAt: 0 };
    const lastAt = now ?? count.lastAt;
    this.counts.set(key, { ...count, failures: count.failures + by, lastAt });
  }

  private called(method: string): void {
    this.calls.push(method);
    if (this.broken.has(method)) throw new Error(`${method} is broken, by the test`);
  }
}
