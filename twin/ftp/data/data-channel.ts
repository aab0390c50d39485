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

  /** Whether PASV or EPSV ever succeeded. Once it has, a data command finds out at the dial (RFC 959 425). */
  get announced(): boolean {
    return this.announcedOnce;
  }

  /** The port to announce, in place of one announced before; undefined when there is none. */
  async announce(): Promise<number | undefined> {
    this.close();
    this.loan = await this.ports.lend(this.borrower);
    this.announcedOnce ||= this.loan !== undefined;
    return this.loan?.port;
  }

  /** The connection the client makes to the announced port; undefined when none comes. Read it or write it. */
  async open(): Promise<Socket | undefined> {
    this.socket = await this.loan?.connection();
    return this.socket;
  }

  /** Ends the connection and gives the port back; the next data command needs a new PASV. */
  close(): void {
    this.loan?.cancel();
    this.loan = undefined;
    this.socket?.destroy();
    this.socket = undefined;
  }
}
