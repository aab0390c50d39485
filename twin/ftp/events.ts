/** Events of the FTP endpoint, for observers (the terminal, a log, a test). */
import type { GrantedRole, RefusalCode } from "./service";

/** File operations of commands that transfer no data. */
export type ChangeKind = "delete" | "rename" | "make-directory" | "remove-directory";

/** An operation on a file or folder. Locations are in storage: "/bucket/key". */
export interface FileOperation {
  readonly user: string;
  readonly operation: ChangeKind | "upload" | "download";
  readonly location: string;
  /** Of a rename. */
  readonly newLocation?: string;
}

/** Passwords never appear: the argument of PASS is replaced before the event is made. */
export type FtpEvent =
  | {
      readonly kind: "connected";
      readonly session: string;
      readonly address: string;
      /** The address that the VPC sees the session come from. */
      readonly source: string;
    }
  /** A connection that the network refused: it has no session, or is no data connection. */
  | { readonly kind: "unreachable"; readonly port: number; readonly reason: string }
  | {
      readonly kind: "command";
      readonly session: string;
      readonly line: string;
      /** The line as it was sent, where it is not UTF-8. */
      readonly bytes?: Buffer;
      /** Characters of the password that PASS had. */
      readonly passwordLength?: number;
    }
  | { readonly kind: "reply"; readonly session: string; readonly text: string }
  | {
      readonly kind: "login";
      readonly session: string;
      readonly user: string;
      readonly granted: boolean;
      /** Of a granted login. */
      readonly role?: GrantedRole;
    }
  /** Why a command was refused, with what the device's owner can change. */
  | {
      readonly kind: "refused";
      readonly session: string;
      readonly reason: string;
      readonly code?: RefusalCode;
      /** Where it was one. */
      readonly file?: FileOperation;
    }
  /** A transfer begins. */
  | { readonly kind: "opened"; readonly session: string; readonly file: FileOperation }
  /** A data connection was accepted; the address is its local one. */
  | { readonly kind: "data"; readonly session: string; readonly to: string; readonly port: number }
  | {
      readonly kind: "transfer";
      readonly session: string;
      readonly user: string;
      readonly direction: "upload" | "download";
      readonly path: string;
      /** Where the file is in storage: "/bucket/key". */
      readonly location: string;
      readonly bytes: number;
      readonly milliseconds: number;
      readonly outcome: "completed" | "partial" | "failed";
      /** Of a completed upload. */
      readonly etag?: string;
      /** The upload replaced a file of that name. */
      readonly replaced?: boolean;
      /** The folder of the upload did not exist before. */
      readonly madeFolder?: boolean;
    }
  | {
      readonly kind: "change";
      readonly session: string;
      readonly user: string;
      readonly change: ChangeKind;
      readonly path: string;
      readonly location: string;
      /** Of a rename. */
      readonly newLocation?: string;
    }
  | { readonly kind: "closed"; readonly session: string; readonly reason: string };

export type FtpObserver = (event: FtpEvent) => void;
