/** The request, the dependencies and the result of a login decision. */
import type { Digests } from "./digests";
import type { Grant } from "./grant";
import type { FileSpace } from "./home";
import type { LockoutRules } from "./lockout";
import type { Passwords } from "./passwords";
import type { UserStore } from "./stores/user-store";

/** One login attempt, independent of the form of its event. Texts are unchecked, as received. */
export interface AuthenticationRequest {
  readonly serverId: string;
  readonly user: string;
  /** Undefined when missing, empty, not decodable, longer than AWS sends, or with a NUL at its end. */
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
  /** Whether there is a record of that name; false when the record was not read. */
  readonly onRecord: boolean;
  readonly notes: readonly Note[];
} & (
  | {
      readonly granted: true;
      /** Whether the password was hashed, or compared with one that was verified earlier. */
      readonly by: "password" | "remembered";
      readonly grant: Grant;
    }
  | {
      readonly granted: false;
      readonly reason: Refusal;
      /** Number of names that failed from this address in the window; only set when this attempt adds one. */
      readonly failingNames?: number;
    }
);

/** The store, rules and helpers that a decision needs in addition to the request. */
export interface AuthenticatorDependencies {
  readonly store: UserStore;
  readonly rules: Rules;
  readonly passwords: Passwords;
  readonly digests: Digests;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The rules for all users. */
export interface Rules {
  /** ARN of the role Transfer Family assumes for every user. */
  readonly roleArn: string;
  readonly space: FileSpace;
  /** Blocks from which users without a list of their own may log in. */
  readonly allowedCidrs: readonly string[];
  /** Protocols of logins, as Transfer Family names them. */
  readonly protocols: readonly string[];
  readonly lockout: LockoutRules;
  /** Seconds for which a verified password is accepted without a hash, and in spite of a lock; 0: never. */
  readonly rememberSeconds: number;
}
