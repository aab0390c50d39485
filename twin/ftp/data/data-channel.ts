import type { Socket } from "node:net";
import type { Borrower, PassiveLoan } from "./passive-loan";
import type { PassivePorts } from "./passive-ports";

/** The data connection of one session, from PASV to the end of the transfer. */
export class DataChannel {
  private loan: PassiveLoan | undefined;
  private socket: Socket | undefined;
  private announcedOnce = false;

  constructor(
    private readonly ports: PassivePorts,
    private readonly borrower: Borrower,
  ) {}

  /** Whether PASV or EPSV has succeeded before. If so, a missing connection is a 425 after the 150 (RFC 959). */
  get announced(): boolean {
    return this.announcedOnce;
  }

  /** The port to announce, in place of one announced before; undefined when none is free. */
  async announce(): Promise<number | undefined> {
    this.close();
    this.loan = await this.ports.lend(this.borrower);
    this.announcedOnce ||= this.loan !== undefined;
    return this.loan?.port;
  }

  /** The client's connection to the announced port, for reading or writing; undefined when there is none in time. */
  async open(): Promise<Socket | undefined> {
    this.socket = await this.loan?.connection();
    return this.socket;
  }

  /** Ends the connection and releases the port; the next data command needs a new PASV. */
  close(): void {
    this.loan?.cancel();
    this.loan = undefined;
    this.socket?.destroy();
    this.socket = undefined;
  }
}
