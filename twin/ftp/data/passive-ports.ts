import { createServer, type Server, type Socket } from "node:net";
import { plainAddress } from "../address";
import { systemClock, type Clock } from "../../clock";
import { listenOn, stopListening } from "../listening";
import { PortLease, type LeaseHolder } from "./port-lease";
import { PortPool } from "./port-pool";
import type { Verdict } from "../service";

export interface PassivePortsOptions {
  /** Addresses to listen on. */
  readonly hosts: readonly string[];
  /** First and last port, both included. */
  readonly range: readonly [number, number];
  /**
   * False: each source address has all ports, a port is taken from PASV until its transfer ends, and without a free one
   * PASV is refused immediately. True: a port is free again when its connection is accepted, and clients wait for one.
   */
  readonly isGenerous: boolean;
  /** Milliseconds to wait for a data connection. */
  readonly waitMs: number;
  /** Called for every connection, with its port and the source address that the VPC sees. */
  readonly admits: (port: number, source: string | undefined) => Verdict;
  /** Receives a connection that is not admitted, and holds or closes it. */
  readonly onUnreachable: (port: number, reason: string, socket: Socket) => void;
  /** Called when the system cannot accept connections. */
  readonly onFault?: (error: Error) => void;
  /** This machine's by default. */
  readonly clock?: Clock;
}

/** The ports that one source address has taken, and the number including those it is about to take. */
interface Share {
  readonly ports: Set<number>;
  count: number;
}

/**
 * The passive ports. Transfer Family's nine belong to one source address (docs/twin.md names who reports it).
 *
 * A data connection is matched with its session by client address and port. Where sessions of one client address
 * represent several source addresses, a port therefore expects one connection at a time, and PASV waits until the
 * client has made the previous connection.
 *
 * The ports listen as long as the endpoint runs. Binding one for each transfer would take two more system calls, could
 * lose the port to another program in between, and would have to wait for the previous close. A connection to a port
 * that is not leased is reset before anything is read.
 */
export class PassivePorts {
  private readonly servers: Server[] = [];
  private readonly ports: readonly number[];
  /** By client address; only addresses with a port that expects a connection. */
  private readonly pools = new Map<string, PortPool>();
  /** By source address; only addresses with a port. */
  private readonly shares = new Map<string, Share>();
  private readonly expecting = new Set<PortLease>();

  constructor(private readonly options: PassivePortsOptions) {
    const [from, to] = options.range;
    this.ports = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  /** Rejects when one of the ports is in use; then none stays bound. */
  async listen(): Promise<void> {
    try {
      for (const host of this.options.hosts) {
        for (const port of this.ports) {
          const server = createServer({ pauseOnConnect: true }, (socket) =>
            this.accept(port, socket),
          );
          this.servers.push(server);
          await listenOn(server, host, port, this.options.onFault);
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

  /** A port for one data connection; undefined when there is none or the holder leaves while it waits. */
  async lease(holder: LeaseHolder): Promise<PortLease | undefined> {
    const { address, source, gone } = holder;
    const { isGenerous, waitMs, clock = systemClock } = this.options;
    const share = this.shares.get(source) ?? { ports: new Set(), count: 0 };
    if (!isGenerous && share.count === this.ports.length) return undefined;
    share.count++;
    this.shares.set(source, share);
    const giveBack = (): void => {
      if (--share.count === 0) this.shares.delete(source);
    };
    const pool = this.pools.get(address) ?? new PortPool(this.ports);
    this.pools.set(address, pool);
    const port = await pool.claim(gone, (each) => isGenerous || !share.ports.has(each));
    if (port === undefined) {
      giveBack();
      return undefined;
    }
    share.ports.add(port);
    const lease = new PortLease({
      ...{ port, holder, clock, waitMs, isGenerous },
      onSettled: () => {
        this.expecting.delete(lease);
        pool.release(port);
        if (pool.isUnused) this.pools.delete(address);
      },
      onEnded: () => {
        share.ports.delete(port);
        giveBack();
        for (const each of this.pools.values()) each.serveWaiting();
      },
    });
    this.expecting.add(lease);
    if (gone.aborted) lease.cancel();
    return lease;
  }

  private accept(port: number, socket: Socket): void {
    // A client may reset at any time; the owner of the socket acts on "close".
    socket.on("error", () => undefined);
    const address = plainAddress(socket.remoteAddress);
    const onPort = [...this.expecting].filter((lease) => lease.port === port);
    const lease = onPort.find(({ holder }) => holder.address === address);
    const verdict = this.options.admits(port, lease?.holder.source);
    if (!verdict.allowed) {
      this.options.onUnreachable(port, verdict.reason, socket);
      return;
    }
    if (lease !== undefined) {
      lease.holder.onConnected(plainAddress(socket.localAddress), port);
      lease.connected(socket);
      return;
    }
    for (const { holder } of onPort) {
      holder.onStranger(address, port);
    }
    socket.resetAndDestroy();
  }
}
