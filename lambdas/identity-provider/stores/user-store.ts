/** What the decision asks of wherever users are kept. */

/** What a user may do in a folder: all, only list and fetch, or only list and leave files. */
export type Access = "read-write" | "read-only" | "drop-box";

/** Every {@link Access}. */
export const accesses: readonly Access[] = ["read-write", "read-only", "drop-box"];

/** A further folder of a user, in addition to the home. */
export interface Mapping {
  /** Where the user sees it, for example `/config`. */
  readonly entry: string;
  /** The key prefix in the bucket, without slashes at its ends, for example `shared/config`. */
  readonly target: string;
  readonly access: Access;
}

/** A user. Neither a role nor a policy is part of it: those are the code's. */
export interface UserRecord {
  readonly name: string;
  /** One PHC string, or two while a password is being replaced. */
  readonly passwordHashes: readonly string[];
  /** A disabled user cannot log in. */
  readonly enabled: boolean;
  /** Epoch seconds from which on the user cannot log in; unlimited when absent. */
  readonly validUntil?: number;
  /** Blocks the user may log in from; the function's default range when absent, nowhere when empty. */
  readonly allowedCidrs?: readonly string[];
  /** What the user may do in the home folder. */
  readonly access: Access;
  readonly mappings: readonly Mapping[];
  /** For the operator; no login depends on it. */
  readonly note?: string;
}

/** A user as a store found it. */
export interface StoredUser extends UserRecord {
  /** Passwords in clear text: only in secrets written for AWS's own template. */
  readonly plainPasswords?: readonly string[];
  /** Fields of a secret that have our names and another tool's values. */
  readonly ignored?: readonly string[];
}

/** Failed attempts, counted together. Times in epoch seconds. */
export interface FailureCount {
  readonly failures: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A password that was found right: its keyed digest, and when (epoch seconds). */
export interface VerifiedPassword {
  readonly digest: string;
  readonly at: number;
}

/** Who tries to log in where. */
export interface LoginKey {
  readonly serverId: string;
  readonly user: string;
  readonly address: string;
  readonly protocol: string;
}

/** Everything a decision needs to know. */
export interface LoginFacts {
  /** Whether this server may use this identity provider. */
  readonly serverKnown: boolean;
  /** Undefined: there is no such user. `damaged`: there is one, but the record makes no sense. */
  readonly user: StoredUser | "damaged" | undefined;
  /** Failures of this name from this address. */
  readonly fromAddress?: FailureCount;
  /** Failures of this name from all addresses. */
  readonly fromAnywhere?: FailureCount;
  /** Failures up to this time (epoch seconds) were forgiven by an operator. */
  readonly forgivenAt?: number;
  /** Passwords of this name that were found right; the store does not judge how long ago. */
  readonly verified: readonly VerifiedPassword[];
}

/** An attempt to be counted. */
export interface Attempt {
  /** The user's name, or the digest of a name that is not on record. */
  readonly name: string;
  readonly address: string;
  /** Digest of the password. */
  readonly guess: string;
}

/** What may be checked of an attempt, now that it is counted. */
export interface Admission {
  /** Any password; only those verified recently, because the name is locked; or none. */
  readonly checks: "any" | "verified" | "none";
  /** The count of the address with this attempt, and when it began; undefined when it was at its bound before. */
  readonly counted?: Pick<FailureCount, "failures" | "firstAt">;
  /** Whether the attempt was also added to the failures from all addresses. */
  readonly addedToName: boolean;
  /** Whether it is the first of the name from the address in the window. */
  readonly isFirst: boolean;
}

/** Where users are kept. Every method rejects when the store cannot be reached or does not answer in time. */
export interface UserStore {
  /** The facts, as they are now (no stale reads). */
  look(key: LoginKey): Promise<LoginFacts>;
  /** Counts an attempt as a failure before its password is checked, at this time in epoch seconds. */
  admit(attempt: Attempt, now: number): Promise<Admission>;
  /**
   * Takes an admitted attempt out of the counts, because its password is right.
   *
   * @param forgive - Whether earlier failures from the address are forgiven, unless others came meanwhile.
   */
  release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void>;
  /** Keeps the passwords of a user that were found right, until an end in epoch seconds. */
  keepVerified(user: string, verified: readonly VerifiedPassword[], end: number): Promise<void>;
  /** Counts a name as one that fails from this address. Resolves with the names of this window. */
  countName(address: string, now: number): Promise<number>;
  /** Replaces one of the user's hashes if it is still there. Absent when the store cannot be written to. */
  replaceHash?(user: UserRecord, old: string, replacement: string): Promise<void>;
}
