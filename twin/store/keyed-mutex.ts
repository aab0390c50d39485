/** Runs operations on the same keys one after the other; those on other keys run meanwhile. */
export class KeyedMutex {
  /** Operations in progress, by key. */
  private readonly busy = new Map<string, Promise<unknown>>();

  /** Runs an operation while no other one has any of these keys. */
  async run<T>(keys: readonly string[], operation: () => Promise<T>): Promise<T> {
    for (let others = this.with(keys); others.length > 0; others = this.with(keys)) {
      await Promise.allSettled(others);
    }
    const running = operation();
    for (const key of keys) this.busy.set(key, running);
    try {
      return await running;
    } finally {
      for (const key of keys) this.busy.delete(key);
    }
  }

  private with(keys: readonly string[]): Promise<unknown>[] {
    return keys.flatMap((key) => this.busy.get(key) ?? []);
  }
}
