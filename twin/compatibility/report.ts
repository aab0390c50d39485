import type { Finding, TimedEvent } from "./finding";
import { SessionCheck } from "./session-check";

/** How a session went, once it is over. */
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
  /** A problem, when it is first seen in a session. */
  readonly finding: (session: string, finding: Finding) => void;
  /** At the end of a session that sent at least one command. */
  readonly summary: (summary: SessionSummary) => void;
}

/** Sessions in a row with one file each after which it is a habit. */
const sessionsForFinding = 3;

/** Users whose habits are kept in mind. */
const maxUsers = 1000;

interface OpenSession {
  readonly check: SessionCheck;
  readonly address: string;
  readonly source: string;
}

/** Watches all sessions of an endpoint, each by itself, and what only several of them show. */
export class CompatibilityReport {
  private readonly sessions = new Map<string, OpenSession>();
  /** Sessions in a row in which a user moved one file. */
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

  /** A login for every file costs one call of the identity provider each. */
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
          problem: `${user} logs in for every single file (${count} times in a row).`,
          remedy:
            "Have the device send what it has in one session: each login is billed by itself.",
        }
      : undefined;
  }
}
