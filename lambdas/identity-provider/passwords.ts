import { createHash, timingSafeEqual } from "node:crypto";
import {
  dummyHash,
  hashPassword,
  isBelow,
  parseHash,
  scrypt,
  verifyPassword,
  type Scrypt,
  type ScryptParameters,
} from "./password";
import type { StoredUser } from "./stores/user-store";

/** A matching password: with its hash, or without one when the record contains clear text. */
export interface Match {
  readonly hash?: string;
}

/** Number of passwords that a refusal checks for every record; also the maximum number in a record. */
const checksPerRefusal = 2;
/**
 * Maximum number of different hash costs that are taken into account; a site has one, or two while its cost is
 * raised.
 */
const maxCosts = 4;

/**
 * Checks passwords against records so that a refusal takes the same time whether or not there is a record, and for
 * every cost of its hashes. Every check computes one hash of each cost in use: the record's own hash where it has
 * that cost, and dummy hashes for the others.
 */
export class Passwords {
  /** A dummy hash for each cost in use, by the cost as a text. */
  private readonly dummies = new Map<string, string>();

  /**
   * @param parameters - Parameters of new hashes.
   * @param compute - scrypt; tests count its calls.
   * @param older - Other costs that hashes in the table may have.
   */
  constructor(
    private readonly parameters: ScryptParameters,
    private readonly compute: Scrypt = scrypt,
    older: readonly ScryptParameters[] = [],
  ) {
    for (const cost of [parameters, ...older]) this.addCost(cost);
  }

  /**
   * The match of a password in a record, or undefined.
   *
   * @param mayStop - Stop at the first match. False when the login is refused in any case: then the correct password
   *   must take as long as a wrong one.
   */
  async match(
    password: string | undefined,
    user: StoredUser | undefined,
    mayStop: boolean,
  ): Promise<Match | undefined> {
    for (const hash of user?.passwordHashes ?? []) {
      const cost = parseHash(hash)?.parameters;
      if (cost) this.addCost(cost);
    }
    let match: Match | undefined;
    if (user?.plainPasswords?.some((plain) => isEqualConstantTime(plain, password ?? "")))
      match = {};
    for (let index = 0; index < checksPerRefusal; index++) {
      if (mayStop && match && password !== undefined) break;
      const stored = user?.passwordHashes[index] ?? "";
      // A missing password is checked like a wrong one.
      if (await this.check(password ?? "-", stored)) match ??= { hash: stored };
    }
    return password === undefined ? undefined : match;
  }

  /** A new hash of the password, when the matching hash has lower parameters than configured. */
  async upgrade(password: string, hash: string): Promise<string | undefined> {
    if (!isBelow(hash, this.parameters)) return undefined;
    return hashPassword(password, this.parameters, this.compute);
  }

  private async check(password: string, stored: string): Promise<boolean> {
    const parsed = parseHash(stored);
    const own = parsed && costOf(parsed.parameters);
    let matches = false;
    for (const [cost, dummy] of this.dummies) {
      if (cost === own) matches = await verifyPassword(password, stored, this.compute);
      else await verifyPassword(password, dummy, this.compute);
    }
    if (own !== undefined && !this.dummies.has(own)) {
      matches = await verifyPassword(password, stored, this.compute);
    }
    return matches;
  }

  private addCost(parameters: ScryptParameters): void {
    const cost = costOf(parameters);
    if (this.dummies.has(cost) || this.dummies.size >= maxCosts) return;
    this.dummies.set(cost, dummyHash(parameters));
  }
}

function costOf({ N, r, p }: ScryptParameters): string {
  return `${N},${r},${p}`;
}

/** Compares two texts in a time that does not depend on their lengths or on where they differ. */
function isEqualConstantTime(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(x, y);
}
