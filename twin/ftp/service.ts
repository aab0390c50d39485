/**
 * The interfaces between the FTP endpoint and the stack. The endpoint implements FTP and does not depend on AWS; the
 * wiring behind these interfaces models AWS and does not depend on FTP.
 */

/** Whether a connection is admitted; the reason of a refusal is one sentence that names the resource at fault. */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** One login attempt, as Transfer Family passes it to a custom identity provider. */
export interface LoginAttempt {
  readonly sessionId: string;
  readonly user: string;
  readonly password: string;
  /** The address that the VPC sees the session come from. */
  readonly source: string;
}

/** The fields of a login in the server's log. */
export interface GrantedRole {
  /** ARN of the role that Transfer Family assumes for the user. */
  readonly arn: string;
  /** The home, or `LOGICAL`. */
  readonly homeDirectory: string;
}

/** The client receives every refusal as 530; the reason is for the log. */
export type LoginResult =
  | {
      readonly granted: true;
      readonly home: Home;
      readonly role?: GrantedRole;
    }
  | { readonly granted: false; readonly reason: string; readonly code?: RefusalCode };

/** The stack as the endpoint sees it. */
export interface FtpService {
  /**
   * Whether a connection from the device reaches this listening port (security group, routes, peering).
   * Called once for every control and every data connection, with its local port and the address that the VPC sees it
   * come from; undefined for a data connection of no session.
   */
  admits(port: number, source?: string): Verdict;
  /** Never rejects for a bad password; rejects only when the identity provider itself is broken. */
  login(attempt: LoginAttempt): Promise<LoginResult>;
}

/** A file or folder as a listing shows it. */
export interface Entry {
  /** Last part of the path; "/" for the root. */
  readonly name: string;
  readonly type: "file" | "directory";
  /** Bytes; 0 for a folder. */
  readonly size: number;
  readonly modified: Date;
}

/** A file being read. */
export interface Download {
  /** Bytes. */
  readonly size: number;
  /** Its bytes in order. A block may be overwritten when the next one is requested. */
  readonly blocks: AsyncIterable<Buffer>;
  /** Closes the file, whether it was read or not. Called once. */
  close(): Promise<void>;
}

/** The result of storing a file. */
export interface Stored {
  /** Identifies this version of the file. */
  readonly etag: string;
  /** Whether it replaced a file of this name. */
  readonly replaced: boolean;
  /** Whether its folder did not exist before. */
  readonly madeFolder: boolean;
}

/**
 * A file being stored. It becomes visible, as a whole, when `commit` resolves. Exactly one of `commit` and
 * `keepPartial` is called.
 */
export interface Upload {
  /**
   * Writes the next bytes: synchronously (undefined), or until the promise resolves. Then the chunk's memory may be
   * reused, and the next call may follow.
   */
  write(chunk: Buffer): Promise<void> | undefined;
  /** Makes the file visible as a whole, replacing an older one. */
  commit(): Promise<Stored>;
  /** The client disconnected: the received bytes are kept elsewhere, and an existing file is not changed. */
  keepPartial(): Promise<void>;
}

/** Why a file operation was refused, in the terms of the user's file system. */
export type RefusalCode =
  | "not-found"
  | "not-a-file"
  | "not-a-directory"
  | "exists"
  | "not-empty"
  | "parent-missing"
  | "invalid-name"
  /** Every passive port of the source address is taken. */
  | "ports-taken"
  /** The identity provider denied the login … */
  | "login-denied"
  /** … because the password sent is the beginning of the right one … */
  | "password-cut"
  /** … or one that the user had before. */
  | "password-former"
  /** S3 has no such operation, for example the rename of a folder. */
  | "unsupported"
  /** The role, the session policy or the bucket policy does not allow it. */
  | "denied";

/** A refused file operation. The message is for the log; the client receives the command's reply to `code`. */
export class FileRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
    this.name = "FileRefusal";
  }
}

/**
 * The files of one logged-in user. Paths are absolute, normalised, "/"-separated and never end in "/" except
 * for the root. Every method may reject with a FileRefusal; any other rejection is a fault of the store.
 */
export interface Home {
  /** Undefined when the path does not exist. */
  stat(path: string): Promise<Entry | undefined>;
  /** The entries directly in a folder: folders first, then files, each in code-unit order of their names. */
  list(path: string): AsyncIterable<Entry>;
  read(path: string): Promise<Download>;
  write(path: string): Promise<Upload>;
  remove(path: string): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Where a path is in storage, as events name it: "/bucket/key". */
  locate(path: string): string;
}
