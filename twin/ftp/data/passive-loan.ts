import type { Socket } from "node:net";
import type { Clock, Timer } from "../../clock";

/** Who asked for a passive port. */
export interface Borrower {
  /** The address of its control connection; only from there may the data connection come. */
  readonly address: string;
  /** Aborted when the control connection is no more. */
  readonly gone: AbortSignal;
  /** Receives the address and port that the data connection was made to. */
  readonly onConnected: (to: string, port: number) => void;
  /** Receives the address of a refused data connection, when it is not the client's. */
  readonly onStranger: (address: string, port: number) => void;
}

/**
 * A passive port in a client's hands. The port goes back when the client connects, when it is cancelled, when
 * the client's control connection ends, or when no client connected for `ms`; exactly once in all cases.
 */
export class PassiveLoan {
  private socket: Socket | undefined;
  private open = true;
  private readonly timer: Timer;
  private waiter: ((socket: Socket | undefined) => void) | undefined;
  private readonly leave = (): void => this.cancel();

  constructor(
    readonly port: number,
    readonly borrower: Borrower,
    clock: Clock,
    ms: number,
    private readonly giveBack: () => void,
  ) {
    this.timer = clock.after(ms, this.leave);
    borrower.gone.addEventListener("abort", this.leave);
  }

  /** The client has connected. It may do so before or after the command that moves the data. */
  connected(socket: Socket): void {
    this.settle();
    if (this.waiter === undefined) {
      this.socket = socket;
    } else {
      this.waiter(socket);
    }
  }

  /** The data connection; undefined when it does not come within the time, counted from this call. */
  async connection(): Promise<Socket | undefined> {
    if (!this.open) {
      const socket = this.socket;
      this.socket = undefined;
      return socket;
    }
    this.timer.refresh();
    return new Promise((resolve) => (this.waiter = resolve));
  }

  /** Takes the port back, and drops a connection that was not taken. */
  cancel(): void {
    if (this.open) {
      this.settle();
      this.waiter?.(undefined);
    }
    this.socket?.destroy();
  }

  private settle(): void {
    this.open = false;
    this.timer.cancel();
    this.borrower.gone.removeEventListener("abort", this.leave);
    this.giveBack();
  }
}
