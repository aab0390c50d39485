import type { FtpEvent } from "../ftp/events";
import type { LogFile } from "../log-file";
import { transferEvent, type BusEvent, type EventSource } from "./transfer-events";

/** Keeps the events of a server, one line of JSON each, where a consumer under test can follow them. */
export class EventLog {
  constructor(
    private readonly file: LogFile,
    private readonly source: EventSource,
  ) {}

  /**
   * Logs the event of what happened. `clientIp`: the address that the VPC sees the session come from.
   *
   * Gives what it has written; undefined for what sends no event. Written before the device receives the reply to its upload:
   * after a crash the log knows of every 226.
   */
  take(event: FtpEvent, at: Date, clientIp = this.source.clientIp): BusEvent | undefined {
    const found = transferEvent(event, at, { ...this.source, clientIp });
    if (found !== undefined) {
      this.file.append(`${JSON.stringify(found)}\n`);
    }
    return found;
  }
}
