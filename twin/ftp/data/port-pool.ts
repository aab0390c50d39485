/**
 * The passive ports and who waits for one. Transfer Family has nine for all its clients; here a full pool
 * makes a client wait its turn (first come, first served) and never lends a port from outside.
 */
export class PortPool {
  private readonly free: number[];
  /** In the order of arrival: a Set keeps it and forgets a client that went away at once. */
  private readonly waiting = new Set<(port: number | undefined) => void>();

  /** `random` gives numbers from 0 to just below 1. */
  constructor(
    private readonly ports: readonly number[],
    private readonly random: () => number = Math.random,
  ) {
    this.free = [...ports];
  }

  /** Whether every port is free. */
  get isUnused(): boolean {
    return this.free.length === this.ports.length;
  }

  /** A free port now, picked at random as the model does, or undefined. */
  take(): number | undefined {
    const [port] = this.free.splice(Math.floor(this.random() * this.free.length), 1);
    return port;
  }

  /** A port as soon as one is free; undefined when the signal came first. */
  async claim(signal: AbortSignal): Promise<number | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    const port = this.take();
    if (port !== undefined) {
      return port;
    }
    return new Promise((resolve) => {
      const leave = (): void => settle(undefined);
      const settle = (lent: number | undefined): void => {
        this.waiting.delete(settle);
        signal.removeEventListener("abort", leave);
        resolve(lent);
      };
      this.waiting.add(settle);
      signal.addEventListener("abort", leave);
    });
  }

  /** Gives a port back: to the session that has waited longest, else to the free ones. */
  release(port: number): void {
    const [longest] = this.waiting;
    if (longest === undefined) {
      this.free.push(port);
    } else {
      longest(port);
    }
  }
}
