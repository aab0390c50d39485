import * as path from "node:path";

import { CompatibilityReport, ReportListener } from "./compatibility/report";
import { EventLog } from "./events/event-log";
import { LogGroupFolder, logGroupFolder, ServerLog } from "./events/server-log";
import type { BusEvent, EventSource } from "./events/transfer-events";
import type { FtpEvent, FtpObserver } from "./ftp/events";
import { LogFile } from "./log-file";
import { Recorder } from "./recording/recorder";

export interface EventDispatcherOptions {
  /** Folder of all data. */
  readonly data: string;
  /** File to record to. */
  readonly record?: string;
  readonly source: EventSource;
  /** Receives that a file cannot be written. */
  readonly onFault: (text: string) => void;
  readonly now: () => Date;
  readonly observer: FtpObserver;
  readonly report?: ReportListener;
  readonly event?: (event: BusEvent) => void;
  /** Name of the log group of the server's structured log. */
  readonly logGroup?: string;
}

/** Passes events of the endpoint to the event log, the recording, the report and the observer. */
export class EventDispatcher {
  /** The address that the VPC sees each open session come from. */
  private readonly sources = new Map<string, string>();

  private constructor(
    private readonly options: EventDispatcherOptions,
    private readonly events: EventLog,
    private readonly serverLog: ServerLog,
    private readonly logGroup: LogGroupFolder | undefined,
    private readonly recorder: Recorder | undefined,
    private readonly report: CompatibilityReport | undefined,
  ) {}

  /** Rejects when the recording cannot be written. */
  static async open(options: EventDispatcherOptions): Promise<EventDispatcher> {
    const { data, record, source, now, report, logGroup, onFault } = options;
    return new EventDispatcher(
      options,
      new EventLog(new LogFile(path.join(data, "events.jsonl"), onFault), source),
      new ServerLog(source.serverArn),
      logGroup === undefined
        ? undefined
        : new LogGroupFolder(logGroupFolder(data, logGroup), onFault),
      record === undefined ? undefined : await Recorder.open(record, now(), onFault),
      report && new CompatibilityReport(report),
    );
  }

  readonly observe = (event: FtpEvent): void => {
    const now = this.options.now();
    const timed = { at: now.getTime(), event };
    if (event.kind === "connected") this.sources.set(event.session, event.source);
    const source = event.kind === "unreachable" ? undefined : this.sources.get(event.session);
    const logged = this.events.record(event, now, source);
    const line = this.serverLog.lineOf(event, source ?? this.options.source.clientIp);
    if (line !== undefined) this.logGroup?.append(line);
    if (event.kind === "closed") this.sources.delete(event.session);
    if (logged !== undefined) this.options.event?.(logged);
    this.recorder?.record(timed);
    this.options.observer(event);
    this.report?.handle(timed);
  };

  async close(): Promise<void> {
    await this.recorder?.close();
  }
}
