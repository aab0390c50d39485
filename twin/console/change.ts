/** What the page is told: plain data, every text of a device clipped. Times are epoch milliseconds. */
import type { Severity } from "../compatibility/finding";
import type { PartName } from "../picture/part";

/** One session, live or over. */
export interface ShownSession {
  readonly id: string;
  readonly address: string;
  readonly user?: string;
  readonly loggedIn: boolean;
  readonly since: number;
  /** Why it ended; undefined while it is live. */
  readonly closed?: string;
  readonly uploads: number;
  readonly downloads: number;
  readonly bytes: number;
}

/** One line of a dialogue. `>` command, `<` reply, `!` refusal, `*` transfer, `=` data connection. */
export interface ShownLine {
  readonly at: number;
  readonly mark: ">" | "<" | "!" | "*" | "=";
  readonly text: string;
  /** Of a transfer; the text is the path. */
  readonly transfer?: {
    readonly direction: "upload" | "download";
    readonly outcome: "completed" | "partial" | "failed";
    readonly bytes: number;
    readonly milliseconds: number;
  };
}

/** An event as EventBridge would deliver it. */
export interface ShownEvent {
  readonly at: number;
  /** `FTP Server File Upload Completed` and so on. */
  readonly type: string;
  readonly user: string;
  readonly path: string;
  readonly bytes?: number;
  /** `PARTIAL_UPLOAD`, of a failure. */
  readonly failure?: string;
}

/** A problem of the compatibility report, counted by rule and user. */
export interface ShownFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly problem: string;
  readonly remedy: string;
  readonly line?: string;
  readonly user?: string;
  /** Sessions that showed it. */
  readonly sessions: number;
  readonly at: number;
}

/** Failed logins of a name from an address. */
export interface ShownLock {
  readonly key: string;
  readonly user: string;
  readonly address: string;
  readonly failures: number;
  readonly locked: boolean;
  /** When the failures are forgotten, and with them the lock. */
  readonly until: number;
}

/** Something beside the sessions. */
export interface ShownMessage {
  readonly at: number;
  readonly kind: "notice" | "fault" | "unreachable";
  readonly text: string;
}

/** Which parts of the picture something went through just now. */
export interface Hop {
  readonly parts: readonly PartName[];
  /** The part that refused. */
  readonly failed?: PartName;
  /** It lasts until the next: a login being decided, a file on its way. */
  readonly lasting: boolean;
}

export type Change =
  | { readonly kind: "session"; readonly session: ShownSession }
  | { readonly kind: "forget"; readonly session: string }
  | { readonly kind: "line"; readonly session: string; readonly line: ShownLine }
  | { readonly kind: "event"; readonly event: ShownEvent }
  | { readonly kind: "finding"; readonly finding: ShownFinding }
  | { readonly kind: "lock"; readonly lock: ShownLock }
  | { readonly kind: "unlock"; readonly key: string }
  | { readonly kind: "message"; readonly message: ShownMessage }
  | { readonly kind: "hop"; readonly hop: Hop }
  /** Something in the bucket is another: ask for the files again. */
  | { readonly kind: "files" };

/** Everything at once, for a page that begins or has fallen behind. */
export interface Snapshot {
  readonly sessions: readonly (ShownSession & { readonly lines: readonly ShownLine[] })[];
  readonly events: readonly ShownEvent[];
  readonly findings: readonly ShownFinding[];
  readonly locks: readonly ShownLock[];
  readonly messages: readonly ShownMessage[];
}
