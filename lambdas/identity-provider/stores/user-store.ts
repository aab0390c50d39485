/** The interface between the login decision and the store of users. */

/** Permissions of a user in a folder: all, only list and download, or only list and upload. */
export type Access = "read-write" | "read-only" | "drop-box";

/** Every {@link Access}. */
export const accesses: readonly Access[] = ["read-write", "read-only", "drop-box"];

/** A further folder of a user, in addition to the home. */
export interface Mapping {
  /** Its virtual path, for example `/config`. */
  readonly entry: string;
  /** The key prefix in the bucket, without slashes at its ends, for example `shared/config`. */
  readonly target: string;
  readonly access: Access;
}

/** A user. It contains neither a role nor a policy, which the program defines. */
export interface UserRecord {
  readonly name: string;
  /** One PHC string, or two while a password is being replaced. */
  readonly passwordHashes: readonly string[];
  /** A disabled user cannot log in. */
  readonly enabled: boolean;
  /** End of access in epoch seconds; unlimited when absent. */
  readonly validUntil?: number;
  /** Blocks from which the user may log in; the function's default range when absent, none when empty. */
  readonly allowedCidrs?: readonly string[];
  /** Permissions in the home folder. */
  readonly access: Access;
  readonly mappings: readonly Mapping[];
  /** Information for operators, without effect on logins. */
  readonly note?: string;
}

/** A user as read from a store. */
export interface StoredUser extends UserRecord {
  /** Passwords in clear text: only in secrets written for AWS's own template. */
  readonly plainPasswords?: readonly string[];
  /** Optional fields of a secret whose values are not valid here, because another tool uses the field. */
  readonly ignored?: readonly string[];
}

/** Failed attempts, counted together. Times in epoch seconds. */
export interface FailureCount {
  readonly failures: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A verified password: its keyed digest, and the time of the verification in epoch seconds. */
export interface VerifiedPassword {
  readonly digest: string;
  readonly at: number;
}

/** The server, user and address of a login. */
export interface LoginKey {
  readonly serverId: string;
  readonly user: string;
  readonly address: string;
  readonly protocol: string;
}

/** The stored facts that a decision depends on. */
export interface LoginFacts {
  /** Whether this server may use this identity provider. */
  readonly serverKnown: boolean;
  /** Undefined: there is no such user. `damaged`: its record is not valid. */
  readonly user: StoredUser | "damaged" | undefined;
  /** Failures of this name from this address. */
  readonly fromAddress?: FailureCount;
  /** Failures of this name from all addresses. */
  readonly fromAnywhere?: FailureCount;
  /** Failures up to this time (epoch seconds) were forgiven by an operator. */
  readonly forgivenAt?: number;
  /** Verified passwords of this name, including expired ones. */
  readonly verified: readonly VerifiedPassword[];
}

/** An attempt to count. */
export interface Attempt {
  /** The user's name, or the digest of a name that is not on record. */
  readonly name: string;
  readonly address: string;
  /** Digest of the password. */
  readonly guess: string;
}

/** The result of counting an attempt, and the passwords that may be checked. */
export interface Admission {
  /** All passwords; only recently verified ones, because the name is locked; or none. */
  readonly checks: "any" | "verified" | "none";
  /** The count of the address with this attempt, and its start; undefined when it had already reached its bound. */
  readonly counted?: Pick<FailureCount, "failures" | "firstAt">;
  /** Whether the attempt was also added to the failures from all addresses. */
  readonly addedToName: boolean;
  /** Whether it is the first attempt for the name from the address in the window. */
  readonly isFirst: boolean;
}

/** A store of users. Every method rejects when the store cannot be reached or does not respond in time. */
export interface UserStore {
  /** Reads the present facts (strongly consistent). */
  readFacts(key: LoginKey): Promise<LoginFacts>;
  /** Counts an attempt as a failure before its password is checked, at this time in epoch seconds. */
  admit(attempt: Attempt, now: number): Promise<Admission>;
  /**
   * Removes an admitted attempt from the counts, because its password is correct.
   *
   * @param forgive - Whether earlier failures from the address are forgiven, unless others were counted since.
   */
  release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void>;
  /** Stores the digests of a user's verified passwords until an expiry in epoch seconds. */
  keepVerified(user: string, verified: readonly VerifiedPassword[], end: number): Promise<void>;
  /** Counts a name that failed from this address. Resolves with the number of names in this window. */
  countName(address: string, now: number): Promise<number>;
  /** Replaces one of the user's hashes if it is unchanged. Absent for a read-only store. */
  replaceHash?(user: UserRecord, old: string, replacement: string): Promise<void>;
}
