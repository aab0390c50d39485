/** What happens at the FTP endpoint, told to whoever watches (the terminal, a log, a test). */

/** Passwords never appear: the argument of PASS is replaced before the event is made. */
export type FtpEvent =
  | { readonly kind: "connected"; readonly session: string; readonly address: string }
  /** A connection that the network refused: no session, or no data connection, came of it. */
  | { readonly kind: "unreachable"; readonly port: number; readonly reason: string }
  | { readonly kind: "command"; readonly session: string; readonly line: string }
  | { readonly kind: "reply"; readonly session: string; readonly text: string }
  /** Why a command was refused, in words the device's owner can act on. */
  | { readonly kind: "refused"; readonly session: string; readonly reason: string }
  /** What works here but is a risk on the deployed server, in words the device's owner can act on. */
  | { readonly kind: "advice"; readonly session: string; readonly text: string }
  | {
      readonly kind: "transfer";
      readonly session: string;
      readonly user: string;
      readonly direction: "upload" | "download";
      readonly path: string;
      readonly bytes: number;
      readonly milliseconds: number;
      readonly outcome: "completed" | "partial" | "failed";
    }
  | { readonly kind: "closed"; readonly session: string; readonly reason: string };

export type FtpObserver = (event: FtpEvent) => void;
