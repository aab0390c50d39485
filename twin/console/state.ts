import type { Finding } from "../compatibility/finding";
import type { BusEvent } from "../events/transfer-events";
import type { FtpEvent } from "../ftp/events";
import type { Part } from "../picture/part";
import type { TwinObserver } from "../twin";
import { clip, Newest } from "./bounded";
import type { Change, ShownEvent, ShownMessage, Snapshot } from "./change";
import { FindingBook } from "./finding-book";
import { hopOf } from "./hops";
import { LockBook, LockRules } from "./lock-book";
import { SessionBook } from "./session-book";

/** Events and messages that are kept. */
const MOST_EVENTS = 200;
const MOST_MESSAGES = 50;

/**
 * What the console knows: everything that is told to an observer of the twin, at a size that does not grow with
 * time. Passwords are in nothing it is told.
 */
export class ConsoleState {
  /** Told of every change, as it happens. */
  listener: (changes: readonly Change[]) => void = () => undefined;

  private readonly sessions = new SessionBook();
  private readonly findings = new FindingBook();
  private readonly events = new Newest<ShownEvent>(MOST_EVENTS);
  private readonly messages = new Newest<ShownMessage>(MOST_MESSAGES);
  private locks = new LockBook({ windowMs: 900_000 });
  private parts: readonly Part[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** The stack, once it is known: what the twin says before is kept all the same. */
  begin(parts: readonly Part[], rules: LockRules): void {
    this.parts = parts;
    this.locks = new LockBook(rules);
  }

  /** To hand to the twin, beside other observers. */
  readonly observer: Required<Omit<TwinObserver, "explain">> = {
    ftp: (event) => this.tell(this.takeFtp(event)),
    notice: (text) => this.tell([this.say("notice", text)]),
    fault: (text) => this.tell([this.say("fault", text)]),
    login: (printed) => this.tell(this.locks.take(printed, this.now())),
    event: (event) => this.tell([this.takeEvent(event)]),
    report: {
      finding: (session, finding) => this.tell([this.takeFinding(session, finding)]),
      // What it sums up has been told one by one.
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

  private tell(changes: readonly Change[]): void {
    if (changes.length > 0) this.listener(changes);
  }

  private takeFtp(event: FtpEvent): Change[] {
    const at = this.now();
    const hop = hopOf(event, this.parts);
    return [
      ...(event.kind === "unreachable"
        ? [this.say("unreachable", event.reason)]
        : this.sessions.take(event, at)),
      ...(hop === undefined ? [] : [{ kind: "hop", hop } as const]),
      ...(changesFiles(event) ? [{ kind: "files" } as const] : []),
    ];
  }

  private takeEvent({ "detail-type": type, detail }: BusEvent): Change {
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

  private takeFinding(session: string, finding: Finding): Change {
    const shown = this.findings.take(finding, this.sessions.userOf(session), this.now());
    return { kind: "finding", finding: shown };
  }

  private say(kind: ShownMessage["kind"], text: string): Change {
    const message = { at: this.now(), kind, text: clip(text) };
    this.messages.add(message);
    return { kind: "message", message };
  }
}

function changesFiles(event: FtpEvent): boolean {
  return event.kind === "change" || (event.kind === "transfer" && event.direction === "upload");
}
