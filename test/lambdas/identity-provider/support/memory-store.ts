import type {
  FailureCount,
  LoginFacts,
  LoginKey,
  UserRecord,
  UserStore,
} from "../../../../lambdas/identity-provider/stores/user-store";
import { serverId } from "./fixtures";

/** Users in memory. It counts failures without windows: those are the table's, and tested there. */
export class MemoryStore implements UserStore {
  readonly users = new Map<string, LoginFacts["user"]>();
  readonly servers = new Set([serverId]);
  readonly counts = new Map<string, FailureCount>();
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  /** Methods that fail when called. */
  readonly broken = new Set<string>();

  add(...users: UserRecord[]): this {
    for (const user of users) this.users.set(user.name, user);
    return this;
  }

  async look({ serverId: id, user, address }: LoginKey): Promise<LoginFacts> {
    this.called("look");
    return {
      serverKnown: this.servers.has(id),
      user: this.users.get(user),
      fromAddress: this.counts.get(`${user}#${address}`),
      fromAnywhere: this.counts.get(user),
    };
  }

  async countFailure({ user, address }: LoginKey, _facts: LoginFacts, now: number): Promise<void> {
    this.called("countFailure");
    for (const key of [user, `${user}#${address}`]) {
      const { failures, firstAt } = this.counts.get(key) ?? { failures: 0, firstAt: now };
      this.counts.set(key, { failures: failures + 1, firstAt, lastAt: now });
    }
  }

  async clearFailures({ user, address }: LoginKey): Promise<void> {
    this.called("clearFailures");
    this.counts.delete(`${user}#${address}`);
  }

  async replaceHash(user: UserRecord, old: string, replacement: string): Promise<void> {
    this.called("replaceHash");
    const passwordHashes = user.passwordHashes.map((hash) => (hash === old ? replacement : hash));
    this.users.set(user.name, { ...user, passwordHashes });
  }

  private called(method: string): void {
    this.calls.push(method);
    if (this.broken.has(method)) throw new Error(`${method} is broken, by the test`);
  }
}
