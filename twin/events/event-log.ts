import type { FtpEvent } from "../ftp/events";
import type { LogFile } from "../log-file";
import { transferEvent, type BusEvent, type EventSource } from "./transfer-events";

/** Writes the events of a server to a file, one line of JSON each, for consumers under test. */
export class EventLog {
  constructor(
    private readonly file: LogFile,
    private readonly source: EventSource,
  ) {}

  /**
   * Logs the EventBridge event for an FTP event. The line is written before the device receives the reply to its upload,
   * so that after a crash the log contains every 226.
   *
   * @param clientIp - The address that the VPC sees the session come from.
   * @returns the logged event; undefined when none is sent
   */
  record(event: FtpEvent, at: Date, clientIp = this.source.clientIp): BusEvent | undefined {
    const found = transferEvent(event, at, { ...this.source, clientIp });
    if (found !== undefined) {
      this.file.append(`${JSON.stringify(found)}\n`);
    }
    return found;
  }
}
