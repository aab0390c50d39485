import { createServer, type Server, type Socket } from "node:net";
import { plainAddress } from "./address";
import { listenOn, stopListening } from "./listening";
import { PassiveLoan, type Borrower } from "./passive-loan";
import { PortPool } from "./port-pool";
import type { Verdict } from "./service";

export interface PassivePortsOptions {
  readonly host: string;
  /** First and last port, both included. */
  readonly range: readonly [number, number];
  /** True: a full pool refuses at once, as the model does. False: the client waits its turn. */
  readonly strict: boolean;
  /** After this long without a connection a lent port is taken back. */
  readonly loanMs: number;
  /** Asked for every connection, with the port it came in on. */
  readonly admits: (port: number) => Verdict;
  readonly onUnreachable: (port: number, reason: string) => void;
}

/**
 * The passive ports: lent to one client at a time, from PASV to the moment its data connection is accepted.
 *
 * The ports listen from start to end and an accepted connection is handed to whoever has the loan. Binding a
 * port for each transfer instead would cost two system calls more, could lose the port to another program in
 * between, and would have to wait out a close that is still under way before the next client may have it. The
 * price is that a port nobody was lent accepts too; such a connection is reset before anything is read.
 */
export class PassivePorts {
  private readonly servers: Server[] = [];
  private readonly loans = new Map<number, PassiveLoan>();
  private readonly pool: PortPool;

  constructor(private readonly options: PassivePortsOptions) {
    this.pool = new PortPool(portsOf(options.range));
  }

  /** Rejects, with no port left bound, when one of them is in use. */
  async listen(): Promise<void> {
    try {
      for (const port of portsOf(this.options.range)) {
        const server = createServer({ pauseOnConnect: true }, (socket) =>
          this.accept(port, socket),
        );
        this.servers.push(server);
        await listenOn(server, this.options.host, port);
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
    const port = this.options.strict ? this.pool.take() : await this.pool.claim(borrower.gone);
    if (port === undefined) {
      return undefined;
    }
    const loan = new PassiveLoan(port, borrower, this.options.loanMs, () => {
      this.loans.delete(port);
      this.pool.release(port);
    });
    this.loans.set(port, loan);
    if (borrower.gone.aborted) {
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
    const loan = this.loans.get(port);
    const address = plainAddress(socket.remoteAddress);
    if (loan === undefined) {
      socket.resetAndDestroy();
    } else if (address !== loan.borrower.address) {
      loan.borrower.onStranger(address, port);
      socket.resetAndDestroy();
    } else {
      loan.connected(socket);
    }
  }
}

function portsOf([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
