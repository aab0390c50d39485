/** Whether a port may be leased to a client. */
export type PortFilter = (port: number) => boolean;

const everyPort: PortFilter = () => true;

/** The passive ports that expect no connection of one client address, and the sessions that wait for a port. */
export class PortPool {
  private readonly free: number[];
  /** In the order of arrival. */
  private readonly waiting = new Map<(port: number | undefined) => void, PortFilter>();

  /** `random` returns numbers from 0 to less than 1. */
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

  /** A free port, picked at random as Apache FtpServer 1.2.1 does; undefined when none is free. */
  take(suits = everyPort): number | undefined {
    const candidates = this.free.filter(suits);
    const port = candidates[Math.floor(this.random() * candidates.length)];
    if (port !== undefined) this.free.splice(this.free.indexOf(port), 1);
    return port;
  }

  /** A port as soon as one is free; undefined when the signal is aborted first. */
  async claim(signal: AbortSignal, suits = everyPort): Promise<number | undefined> {
    if (signal.aborted) return undefined;
    const port = this.take(suits);
    if (port !== undefined) return port;
    return new Promise((resolve) => {
      const leave = (): void => settle(undefined);
      const settle = (leased: number | undefined): void => {
        this.waiting.delete(settle);
        signal.removeEventListener("abort", leave);
        resolve(leased);
      };
      this.waiting.set(settle, suits);
      signal.addEventListener("abort", leave);
    });
  }

  /** Releases a port: to the session that has waited longest and may use it, else to the free ports. */
  release(port: number): void {
    this.free.push(port);
    this.serveWaiting();
  }

  /** Serves waiting sessions that may now use a free port. */
  serveWaiting(): void {
    for (const [settle, suits] of this.waiting) {
      if (this.free.length === 0) return;
      const port = this.take(suits);
      if (port !== undefined) settle(port);
    }
  }
}
