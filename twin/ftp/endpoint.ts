import { createServer, type Server, type Socket } from "node:net";
import { systemClock, type Clock } from "../clock";
import { plainAddress } from "./address";
import { ControlConnection } from "./control-connection";
import { PassivePorts } from "./data/passive-ports";
import type { FtpObserver } from "./events";
import { noFaults, type Faults } from "./faults";
import { listenOn, stopListening } from "./listening";
import type { FtpService } from "./service";
import { serve } from "./serve";
import { Session } from "./session";
import { UnreachablePorts, type Refusal } from "./unreachable";

/** Time limits in milliseconds, and their clock. */
export interface FtpTimeouts {
  /** This machine's by default. */
  readonly clock?: Clock;
  /**
   * Idle time after which the control connection is closed. 1,800,000 by default, as AWS documents (Transfer Family
   * user guide, "Transferring files").
   */
  readonly idleMs?: number;
  /**
   * Longest wait for the data connection, and idle time after which it is closed. 600,000 by default, as AWS documents
   * for clients that do not respond (same page).
   */
  readonly dataMs?: number;
  /** Delay of the reply to a failed login, for every reason. 500 by default (Apache FtpServer 1.2.1). */
  readonly failedLoginDelayMs?: number;
}

export interface FtpEndpointOptions {
  readonly service: FtpService;
  readonly observer: FtpObserver;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Control port; 0 selects a free one. */
  readonly port: number;
  /** First and last passive port, both included. */
  readonly passivePorts: readonly [number, number];
  /**
   * False, the default: a port is taken from PASV until its transfer ends, and PASV is answered 425 when the source
   * address has taken all. True: a port is free again when its connection is accepted, and PASV waits for one.
   */
  readonly generousPassivePorts?: boolean;
  /** The address that the VPC sees a new session come from, by its client address. Default: the client address. */
  readonly sourceOf?: (clientAddress: string) => string;
  /** Whether a client with this address may connect. Default: every client may. */
  readonly allows?: (clientAddress: string) => boolean;
  /** The response of a port that the client may not reach. Default: silence, as with a security group. */
  readonly refusal?: Refusal;
  readonly timeouts?: FtpTimeouts;
  /**
   * An address that PASV announces in place of the one the client connected to. Data connections are accepted on both
   * addresses, and events contain the one that the client used.
   */
  readonly passiveAddress?: string;
  /** Maximum of concurrent sessions; further connections are closed without an answer. Default: no limit. */
  readonly maxSessions?: number;
  /** Called when connections cannot be accepted. Default: none. */
  readonly onFault?: (text: string) => void;
  /** Faults to inject. Default: none. */
  readonly faults?: Faults;
}

/**
 * An FTP server with the replies of Transfer Family: the 36 commands that AWS documents, passive mode only, bytes never
 * converted. Users, files and the network come from the FtpService.
 */
export class FtpEndpoint {
  private readonly server: Server;
  private readonly passivePorts: PassivePorts;
  private readonly unreachable: UnreachablePorts;
  private readonly sessions = new Map<Session, Promise<void>>();
  private readonly promised = new Set<string>();
  private port: number;
  private isAccepting = true;

  constructor(private readonly options: FtpEndpointOptions) {
    this.port = options.port;
    // A client that pipelines its commands and immediately closes its side still receives the answers.
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.accept(socket));
    this.server.maxConnections = options.maxSessions ?? Infinity;
    this.server.on("drop", () =>
      this.cannotAccept(new Error(`${options.maxSessions} clients are connected`)),
    );
    this.unreachable = new UnreachablePorts(options.refusal ?? "silence");
    this.passivePorts = new PassivePorts({
      hosts: [...new Set([this.host, options.passiveAddress ?? this.host])],
      range: options.passivePorts,
      isGenerous: options.generousPassivePorts ?? false,
      waitMs: this.dataMs,
      clock: options.timeouts?.clock,
      admits: (port, source) => options.service.admits(port, source),
      onFault: this.cannotAccept,
      onUnreachable: (port, reason, socket) => this.refuse(socket, port, reason),
    });
  }

  /** Starts serving. Rejects when one of the ports is in use; then all are free again. */
  async listen(): Promise<{ readonly host: string; readonly port: number }> {
    await this.passivePorts.listen();
    try {
      const address = await listenOn(this.server, this.host, this.options.port, this.cannotAccept);
      this.port = address.port;
      return { host: address.address, port: address.port };
    } catch (error) {
      await this.passivePorts.close();
      throw error;
    }
  }

  /** Ends every session; resolves when uploads are settled and all ports are free. */
  async close(): Promise<void> {
    const closing = [stopListening(this.server), this.passivePorts.close()];
    this.unreachable.close();
    for (const session of this.sessions.keys()) {
      session.abandon("the endpoint was closed");
    }
    await Promise.all([...closing, ...this.sessions.values()]);
  }

  private get host(): string {
    return this.options.host ?? "127.0.0.1";
  }

  private get dataMs(): number {
    return this.options.timeouts?.dataMs ?? 600_000;
  }

  /** Reports that no connection can be accepted; only once until one is accepted. */
  private readonly cannotAccept = ({ message }: Error): void => {
    if (!this.isAccepting) return;
    this.isAccepting = false;
    this.options.onFault?.(
      `New connections cannot be accepted: ${message}. Open sessions continue.`,
    );
  };

  private accept(socket: Socket): void {
    // At the limit of sessions, one line is enough.
    if (this.sessions.size < (this.options.maxSessions ?? Infinity) / 2) this.isAccepting = true;
    // A client may reset at any time; "close" follows and is handled.
    socket.on("error", () => undefined);
    const { service, observer, timeouts, passiveAddress, faults = noFaults } = this.options;
    const clock = timeouts?.clock ?? systemClock;
    const clientAddress = plainAddress(socket.remoteAddress);
    if (this.options.allows?.(clientAddress) === false) {
      const reason = `${clientAddress} is not among the addresses of --allow.`;
      observer({ kind: "unreachable", port: this.port, reason });
      socket.destroy();
      return;
    }
    const source = this.options.sourceOf?.(clientAddress) ?? clientAddress;
    const verdict = service.admits(this.port, source);
    if (!verdict.allowed) {
      this.refuse(socket, this.port, verdict.reason);
      return;
    }
    const control = new ControlConnection(socket, timeouts?.idleMs ?? 1_800_000, clock);
    const session = new Session(control, source, {
      service,
      observer,
      passivePorts: this.passivePorts,
      passiveAddress,
      dataMs: this.dataMs,
      failedLoginDelayMs: timeouts?.failedLoginDelayMs ?? 500,
      clock,
      faults,
      promised: this.promised,
    });
    this.sessions.set(
      session,
      serve(session).finally(() => this.sessions.delete(session)),
    );
  }

  private refuse(socket: Socket, port: number, reason: string): void {
    this.options.observer({ kind: "unreachable", port, reason });
    this.unreachable.refuse(socket);
  }
}
