/** What is decided, by what, and with which result. */
import type { Digests } from "./digests";
import type { Grant } from "./grant";
import type { FileSpace } from "./home";
import type { LockoutRules } from "./lockout";
import type { Passwords } from "./passwords";
import type { UserStore } from "./stores/user-store";

/** One attempt, whichever way it came in. Texts are as they were sent: nothing has been checked. */
export interface AuthenticationRequest {
  readonly serverId: string;
  readonly user: string;
  /** Undefined when missing, empty, damaged, longer than AWS sends, or with a NUL at its end. */
  readonly password: string | undefined;
  readonly protocol: string;
  /** The client's address. */
  readonly address: string;
}

/** Why an attempt was refused. For logs and metrics; the client does not receive it. */
export type Refusal =
  | "bad-user-name"
  | "wrong-protocol"
  | "bad-address"
  | "unknown-server"
  | "locked"
  | "unknown-user"
  | "damaged-record"
  | "bad-mappings"
  | "disabled"
  | "expired"
  | "address-not-allowed"
  | "no-password"
  | "wrong-password";

/** Further facts of the decision, for the log. */
export type Note =
  | "foreign-fields-ignored"
  | "hash-upgraded"
  | "hash-upgrade-failed"
  | "keeping-verified-failed"
  | "clearing-failures-failed"
  | "counting-names-failed";

export type Decision = {
  /** Whether there is a record of that name; false where it was not read. */
  readonly onRecord: boolean;
  readonly notes: readonly Note[];
} & (
  | {
      readonly granted: true;
      /** Whether the password was hashed now, or compared with one that was verified before. */
      readonly by: "password" | "remembered";
      readonly grant: Grant;
    }
  | {
      readonly granted: false;
      readonly reason: Refusal;
      /** How many names failed from this address in the window, where this attempt adds one. */
      readonly failingNames?: number;
    }
);

/** What decides, in addition to the request. */
export interface Deciders {
  readonly store: UserStore;
  readonly rules: Rules;
  readonly passwords: Passwords;
  readonly digests: Digests;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The rules every user is under. */
export interface Rules {
  /** ARN of the role Transfer Family assumes for every user. */
  readonly roleArn: string;
  readonly space: FileSpace;
  /** Where users without a list of their own may log in from. */
  readonly allowedCidrs: readonly string[];
  /** Protocols users may log in by, as Transfer Family names them. */
  readonly protocols: readonly string[];
  readonly lockout: LockoutRules;
  /** Seconds a password that was verified is accepted without a hash, and in spite of a lock; 0 for not at all. */
  readonly rememberSeconds: number;
}
