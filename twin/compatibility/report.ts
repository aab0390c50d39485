import type { Finding, TimedEvent } from "./finding";
import { SessionCheck } from "./session-check";

/** The summary of a closed session. */
export interface SessionSummary {
  readonly session: string;
  readonly address: string;
  /** The address that the VPC sees the session come from. */
  readonly source: string;
  readonly user: string | undefined;
  readonly uploads: number;
  readonly downloads: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

export interface ReportListener {
  /** Called when a problem first occurs in a session. */
  readonly finding: (session: string, finding: Finding) => void;
  /** Called at the end of a session with at least one command. */
  readonly summary: (summary: SessionSummary) => void;
}

/** Consecutive sessions with one file each that give a finding. */
const sessionsForFinding = 3;

/** Maximum number of users whose sessions are counted. */
const maxUsers = 1000;

interface OpenSession {
  readonly check: SessionCheck;
  readonly address: string;
  readonly source: string;
}

/** Checks all sessions of an endpoint, individually and in sequence. */
export class CompatibilityReport {
  private readonly sessions = new Map<string, OpenSession>();
  /** Consecutive sessions in which a user transferred one file. */
  private readonly singleFileSessions = new Map<string, number>();

  constructor(private readonly listener: ReportListener) {}

  handle(timed: TimedEvent): void {
    const { event } = timed;
    if (event.kind === "unreachable") {
      return;
    }
    const { session } = event;
    if (event.kind === "connected") {
      const { address, source } = event;
      this.sessions.set(session, { check: new SessionCheck(), address, source });
    }
    const watched = this.sessions.get(session);
    if (watched === undefined) {
      return;
    }
    for (const finding of watched.check.handle(timed)) {
      this.listener.finding(session, finding);
    }
    if (event.kind === "closed") {
      this.sessions.delete(session);
      this.close(session, watched);
    }
  }

  private close(session: string, { check, address, source }: OpenSession): void {
    const { dialogue, findings } = check;
    if (dialogue.command.line === "") {
      return;
    }
    const { user, uploads, downloads, bytes, loggedIn } = dialogue;
    const loginPerFile = loggedIn ? this.habit(user ?? "", uploads + downloads) : undefined;
    if (loginPerFile !== undefined) {
      this.listener.finding(session, loginPerFile);
      findings.push(loginPerFile);
    }
    const moved = { uploads, downloads, bytes };
    this.listener.summary({ session, address, source, user, ...moved, findings });
  }

  /** Each login costs a call of the identity provider: a finding for users who log in for every file. */
  private habit(user: string, files: number): Finding | undefined {
    const count = files === 1 ? (this.singleFileSessions.get(user) ?? 0) + 1 : 0;
    this.singleFileSessions.delete(user);
    this.singleFileSessions.set(user, count);
    if (this.singleFileSessions.size > maxUsers) {
      this.singleFileSessions.delete([...this.singleFileSessions.keys()][0]);
    }
    return count === sessionsForFinding
      ? {
          rule: "login-per-file",
          severity: "note",
          problem: `${user} logs in for every file (${count} times in a row).`,
          remedy: "Have the device send several files in one session: each login is billed.",
        }
      : undefined;
  }
}
