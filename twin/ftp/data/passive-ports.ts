import { createServer, type Server, type Socket } from "node:net";
import { plainAddress } from "../address";
import { systemClock, type Clock } from "../../clock";
import { listenOn, stopListening } from "../listening";
import { PassiveLoan, type Borrower } from "./passive-loan";
import { PortPool } from "./port-pool";
import type { Verdict } from "../service";

export interface PassivePortsOptions {
  /** Addresses to listen on. */
  readonly hosts: readonly string[];
  /** First and last port, both included. */
  readonly range: readonly [number, number];
  /** True: a full pool refuses at once, as the model does. False: the client waits its turn. */
  readonly strict: boolean;
  /** After this long without a connection a lent port is taken back. */
  readonly loanMs: number;
  /** Asked for every connection, with the port it came in on. */
  readonly admits: (port: number) => Verdict;
  readonly onUnreachable: (port: number, reason: string) => void;
  /** This machine's by default. */
  readonly clock?: Clock;
}

/**
 * The passive ports: each lent to one client at a time, from PASV to the moment its data connection is
 * accepted. Clients are identified by their address, so those of different addresses do not compete: each
 * address has all the ports.
 *
 * The ports listen from start to end and an accepted connection belongs to the loan's session. Binding a
 * port for each transfer instead would cost two system calls more, could lose the port to another program in
 * between, and would have to wait out a close that is still under way before the next client may have it. The
 * price is that a port without a loan accepts too; such a connection is reset before anything is read.
 */
export class PassivePorts {
  private readonly servers: Server[] = [];
  private readonly ports: readonly number[];
  /** By the borrower's address; only of addresses that borrow or wait. */
  private readonly pools = new Map<string, PortPool>();
  private readonly loans = new Set<PassiveLoan>();

  constructor(private readonly options: PassivePortsOptions) {
    const [from, to] = options.range;
    this.ports = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  /** Rejects, with no port left bound, when one of them is in use. */
  async listen(): Promise<void> {
    try {
      for (const host of this.options.hosts) {
        for (const port of this.ports) {
          const server = createServer({ pauseOnConnect: true }, (socket) =>
            this.accept(port, socket),
          );
          this.servers.push(server);
          await listenOn(server, host, port);
        }
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map(stopListening));
  }

  /** A port for one data connection; undefined when there is none or when the borrower went away waiting. */
  async lend(borrower: Borrower): Promise<PassiveLoan | undefined> {
    const { address, gone } = borrower;
    const { strict, loanMs, clock = systemClock } = this.options;
    const pool = this.pools.get(address) ?? new PortPool(this.ports);
    this.pools.set(address, pool);
    const port = strict ? pool.take() : await pool.claim(gone);
    if (port === undefined) {
      return undefined;
    }
    const loan = new PassiveLoan(port, borrower, clock, loanMs, () => {
      this.loans.delete(loan);
      pool.release(port);
      if (pool.isUnused) {
        this.pools.delete(address);
      }
    });
    this.loans.add(loan);
    if (gone.aborted) {
      loan.cancel();
    }
    return loan;
  }

  private accept(port: number, socket: Socket): void {
    // A client may reset at any time; who holds the socket learns it from "close".
    socket.on("error", () => undefined);
    const verdict = this.options.admits(port);
    if (!verdict.allowed) {
      this.options.onUnreachable(port, verdict.reason);
      socket.resetAndDestroy();
      return;
    }
    const address = plainAddress(socket.remoteAddress);
    const onPort = [...this.loans].filter((loan) => loan.port === port);
    const loan = onPort.find(({ borrower }) => borrower.address === address);
    if (loan !== undefined) {
      loan.borrower.onConnected(plainAddress(socket.localAddress), port);
      loan.connected(socket);
      return;
    }
    for (const { borrower } of onPort) {
      borrower.onStranger(address, port);
    }
    socket.resetAndDestroy();
  }
}
