import type { Socket } from "node:net";
import type { Clock, Timer } from "../../clock";

/** The session that a passive port is leased to. */
export interface LeaseHolder {
  /** The address of its control connection; the data connection must come from the same address. */
  readonly address: string;
  /** The address that the VPC sees the session come from. */
  readonly source: string;
  /** Aborted when the control connection ends. */
  readonly gone: AbortSignal;
  /** Receives the address and port that the data connection was made to. */
  readonly onConnected: (to: string, port: number) => void;
  /** Receives the address of a refused data connection that is not the client's. */
  readonly onStranger: (address: string, port: number) => void;
}

export interface PortLeaseOptions {
  readonly port: number;
  readonly holder: LeaseHolder;
  readonly clock: Clock;
  /** Milliseconds to wait for the data connection. */
  readonly waitMs: number;
  /**
   * True: the time counts from PASV, and the end of the control connection ends the lease. False: the time counts from
   * the data command, and while that waits, the port stays taken until the time is over (Apache FtpServer 1.2.1).
   */
  readonly isGenerous: boolean;
  /** Called once, when the port no longer expects a data connection. */
  readonly onSettled: () => void;
  /** Called once, when the data connection has ended or will not come. */
  readonly onEnded: () => void;
}

/** A passive port leased to a client: it waits for the data connection, then has it, then is released. */
export class PortLease {
  readonly port: number;
  readonly holder: LeaseHolder;
  private state: "expecting" | "connected" | "over" = "expecting";
  private socket: Socket | undefined;
  private timer: Timer | undefined;
  private waiter: ((socket: Socket | undefined) => void) | undefined;
  private readonly leave = (): void => {
    if (this.options.isGenerous || this.waiter === undefined) this.cancel();
  };

  constructor(private readonly options: PortLeaseOptions) {
    this.port = options.port;
    this.holder = options.holder;
    if (options.isGenerous) this.startTimer();
    this.holder.gone.addEventListener("abort", this.leave);
  }

  /** The client has connected, before or after the command that moves the data. */
  connected(socket: Socket): void {
    this.settle("connected");
    if (this.waiter === undefined) this.socket = socket;
    else this.waiter(socket);
  }

  /** The data connection; undefined when it does not come within the time, counted from this call. */
  async connection(): Promise<Socket | undefined> {
    if (this.state !== "expecting") {
      const socket = this.socket;
      this.socket = undefined;
      return socket;
    }
    this.startTimer();
    return new Promise((resolve) => (this.waiter = resolve));
  }

  /** Ends the lease, and drops a connection that no command uses. */
  cancel(): void {
    if (this.state === "over") return;
    if (this.state === "expecting") {
      this.settle("over");
      this.waiter?.(undefined);
    }
    this.state = "over";
    this.socket?.destroy();
    this.options.onEnded();
  }

  private startTimer(): void {
    const { clock, waitMs } = this.options;
    this.timer?.cancel();
    this.timer = clock.after(waitMs, () => this.cancel());
  }

  private settle(state: "connected" | "over"): void {
    this.state = state;
    this.timer?.cancel();
    this.holder.gone.removeEventListener("abort", this.leave);
    this.options.onSettled();
  }
}
