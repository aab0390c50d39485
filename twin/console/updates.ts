/** The data of the page: plain values with shortened texts of devices. Times are epoch milliseconds. */
import type { Severity } from "../compatibility/finding";
import type { PartName } from "../picture/part";

/** A session, open or closed. */
export interface ShownSession {
  readonly id: string;
  readonly address: string;
  /** The address that the VPC sees it come from. */
  readonly source: string;
  readonly user?: string;
  readonly loggedIn: boolean;
  readonly since: number;
  /** Why it ended; undefined while it is open. */
  readonly closed?: string;
  readonly uploads: number;
  readonly downloads: number;
  readonly bytes: number;
}

/** A line of a dialogue. `>` command, `<` reply, `!` refusal, `*` transfer, `=` data connection. */
export interface ShownLine {
  readonly at: number;
  readonly mark: ">" | "<" | "!" | "*" | "=";
  readonly text: string;
  /** For a transfer, whose text is the path. */
  readonly transfer?: {
    readonly direction: "upload" | "download";
    readonly outcome: "completed" | "partial" | "failed";
    readonly bytes: number;
    readonly milliseconds: number;
  };
}

/** An event that EventBridge would deliver. */
export interface ShownEvent {
  readonly at: number;
  /** `FTP Server File Upload Completed` and so on. */
  readonly type: string;
  readonly user: string;
  readonly path: string;
  readonly bytes?: number;
  /** The failure code, such as `PARTIAL_UPLOAD`. */
  readonly failure?: string;
}

/** A finding of the compatibility report, counted by rule and user. */
export interface ShownFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly problem: string;
  readonly remedy: string;
  readonly line?: string;
  readonly user?: string;
  /** The number of sessions with it. */
  readonly sessions: number;
  readonly at: number;
}

/** Failed logins of a user from an address. */
export interface ShownLock {
  readonly key: string;
  readonly user: string;
  readonly address: string;
  readonly failures: number;
  readonly locked: boolean;
  /** When the failures, and with them the lock, expire. */
  readonly until: number;
}

/** A message that belongs to no session. */
export interface ShownMessage {
  readonly at: number;
  readonly kind: "notice" | "fault" | "unreachable";
  readonly text: string;
}

/** The parts of the picture that an event used. */
export interface Activity {
  readonly parts: readonly PartName[];
  /** The part that refused it. */
  readonly failed?: PartName;
  /** Whether it lasts until the next activity: a login or a transfer in progress. */
  readonly lasting: boolean;
}

export type Update =
  | { readonly kind: "session"; readonly session: ShownSession }
  | { readonly kind: "forget"; readonly session: string }
  | { readonly kind: "line"; readonly session: string; readonly line: ShownLine }
  | { readonly kind: "event"; readonly event: ShownEvent }
  | { readonly kind: "finding"; readonly finding: ShownFinding }
  | { readonly kind: "lock"; readonly lock: ShownLock }
  | { readonly kind: "unlock"; readonly key: string }
  | { readonly kind: "message"; readonly message: ShownMessage }
  | { readonly kind: "activity"; readonly activity: Activity }
  /** The bucket has changed: the page requests the files again. */
  | { readonly kind: "files" };

/** The complete state, for a page that opens or has missed updates. */
export interface Snapshot {
  readonly sessions: readonly (ShownSession & { readonly lines: readonly ShownLine[] })[];
  readonly events: readonly ShownEvent[];
  readonly findings: readonly ShownFinding[];
  readonly locks: readonly ShownLock[];
  readonly messages: readonly ShownMessage[];
}
