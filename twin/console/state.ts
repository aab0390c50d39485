import type { Finding } from "../compatibility/finding";
import type { BusEvent } from "../events/transfer-events";
import type { FtpEvent } from "../ftp/events";
import type { Part } from "../picture/part";
import type { TwinObserver } from "../twin";
import { activityOf } from "./activity";
import { clip, Newest } from "./bounded";
import { FindingList } from "./finding-list";
import { LockList, LockRules } from "./lock-list";
import { SessionList } from "./session-list";
import type { ShownEvent, ShownMessage, Snapshot, Update } from "./updates";

/** The most events and messages. */
const maxEvents = 200;
const maxMessages = 50;

/**
 * The console's state, from everything that an observer of the twin receives, at a bounded size. It contains no
 * passwords, because observers receive none.
 */
export class ConsoleState {
  /** Receives every update immediately. */
  listener: (updates: readonly Update[]) => void = () => undefined;

  private readonly sessions = new SessionList();
  private readonly findings = new FindingList();
  private readonly events = new Newest<ShownEvent>(maxEvents);
  private readonly messages = new Newest<ShownMessage>(maxMessages);
  private locks = new LockList({ windowMs: 900_000 });
  private parts: readonly Part[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Sets the stack once it is known. Earlier messages of the twin are kept. */
  begin(parts: readonly Part[], rules: LockRules): void {
    this.parts = parts;
    this.locks = new LockList(rules);
  }

  /** The observer for the twin. */
  readonly observer: Required<Omit<TwinObserver, "explain">> = {
    ftp: (event) => this.publish(this.addFtpEvent(event)),
    notice: (text) => this.publish([this.addMessage("notice", text)]),
    fault: (text) => this.publish([this.addMessage("fault", text)]),
    login: (printed) => this.publish(this.locks.add(printed, this.now())),
    event: (event) => this.publish([this.addEvent(event)]),
    report: {
      finding: (session, finding) => this.publish([this.addFinding(session, finding)]),
      // The findings of the summary were received one by one.
      summary: () => undefined,
    },
  };

  get snapshot(): Snapshot {
    return {
      sessions: this.sessions.all,
      events: this.events.all,
      findings: this.findings.all,
      locks: this.locks.all(this.now()),
      messages: this.messages.all,
    };
  }

  private publish(updates: readonly Update[]): void {
    if (updates.length > 0) this.listener(updates);
  }

  private addFtpEvent(event: FtpEvent): Update[] {
    const at = this.now();
    const activity = activityOf(event, this.parts);
    return [
      ...(event.kind === "unreachable"
        ? [this.addMessage("unreachable", event.reason)]
        : this.sessions.add(event, at)),
      ...(activity === undefined ? [] : [{ kind: "activity", activity } as const]),
      ...(changesFiles(event) ? [{ kind: "files" } as const] : []),
    ];
  }

  private addEvent({ "detail-type": type, detail }: BusEvent): Update {
    const bytes = detail.bytes === undefined ? undefined : Number(detail.bytes);
    const failure = detail["failure-code"];
    const event: ShownEvent = {
      at: this.now(),
      type,
      user: clip(String(detail.username)),
      path: clip(String(detail["file-path"])),
      ...(bytes === undefined ? {} : { bytes }),
      ...(failure === undefined ? {} : { failure: String(failure) }),
    };
    this.events.add(event);
    return { kind: "event", event };
  }

  private addFinding(session: string, finding: Finding): Update {
    const shown = this.findings.add(finding, this.sessions.userOf(session), this.now());
    return { kind: "finding", finding: shown };
  }

  private addMessage(kind: ShownMessage["kind"], text: string): Update {
    const message = { at: this.now(), kind, text: clip(text) };
    this.messages.add(message);
    return { kind: "message", message };
  }
}

function changesFiles(event: FtpEvent): boolean {
  return event.kind === "change" || (event.kind === "transfer" && event.direction === "upload");
}
