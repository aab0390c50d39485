import type { Socket } from "node:net";
import type { LeaseHolder, PortLease } from "./port-lease";
import type { PassivePorts } from "./passive-ports";

/** The data connection of one session, from PASV to the end of the transfer. */
export class DataChannel {
  private lease: PortLease | undefined;
  private socket: Socket | undefined;
  private announcedOnce = false;

  constructor(
    private readonly ports: PassivePorts,
    private readonly holder: LeaseHolder,
  ) {}

  /** Whether PASV or EPSV has succeeded before. If so, a missing connection is a 425 after the 150 (RFC 959). */
  get announced(): boolean {
    return this.announcedOnce;
  }

  /** The port to announce, in place of one announced before; undefined when none is free. */
  async announce(): Promise<number | undefined> {
    this.close();
    this.lease = await this.ports.lease(this.holder);
    this.announcedOnce ||= this.lease !== undefined;
    return this.lease?.port;
  }

  /** The client's connection to the announced port, for reading or writing; undefined when there is none in time. */
  async open(): Promise<Socket | undefined> {
    this.socket = await this.lease?.connection();
    return this.socket;
  }

  /** Ends the connection and releases the port; the next data command needs a new PASV. */
  close(): void {
    this.lease?.cancel();
    this.lease = undefined;
    this.socket?.destroy();
    this.socket = undefined;
  }
}
