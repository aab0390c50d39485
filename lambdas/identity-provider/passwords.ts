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

/** A password that matched: the hash it matched, or none when the record holds it in clear text. */
export interface Match {
  readonly hash?: string;
}

/** Passwords that a refusal checks for every record; also the maximum of a record. */
const checksPerRefusal = 2;
/** Different costs of hashes that refusals imitate; a site has one, or two while its cost is raised. */
const mostCosts = 4;

/**
 * Checks passwords against records so that a refusal costs the same whether or not there is a record, and whatever its
 * hashes cost. Every check computes one hash of each cost that is in use: the record's own where it has that cost, and
 * dummies for the others.
 */
export class Passwords {
  /** A dummy for each cost in use, by its text. */
  private readonly dummies = new Map<string, string>();

  /**
   * @param parameters - What new hashes are made with.
   * @param compute - scrypt; tests count its calls.
   * @param older - Costs that hashes in the table may have, too.
   */
  constructor(
    private readonly parameters: ScryptParameters,
    private readonly compute: Scrypt = scrypt,
    older: readonly ScryptParameters[] = [],
  ) {
    for (const cost of [parameters, ...older]) this.learn(cost);
  }

  /**
   * The match of a password in a record, or undefined.
   *
   * @param mayStop - Stop at the first match. False when the login is refused whatever the password is: then
   *   the right password must take as long as a wrong one.
   */
  async match(
    password: string | undefined,
    user: StoredUser | undefined,
    mayStop: boolean,
  ): Promise<Match | undefined> {
    for (const hash of user?.passwordHashes ?? []) {
      const cost = parseHash(hash)?.parameters;
      if (cost) this.learn(cost);
    }
    let match: Match | undefined;
    if (user?.plainPasswords?.some((plain) => isSame(plain, password ?? ""))) match = {};
    for (let index = 0; index < checksPerRefusal; index++) {
      if (mayStop && match && password !== undefined) break;
      const kept = user?.passwordHashes[index] ?? "";
      // A missing password takes the path of a wrong one.
      if (await this.check(password ?? "-", kept)) match ??= { hash: kept };
    }
    return password === undefined ? undefined : match;
  }

  /** A new hash of the password, when the one it matched is below today's parameters. */
  async upgrade(password: string, hash: string): Promise<string | undefined> {
    if (!isBelow(hash, this.parameters)) return undefined;
    return hashPassword(password, this.parameters, this.compute);
  }

  private async check(password: string, kept: string): Promise<boolean> {
    const parsed = parseHash(kept);
    const own = parsed && costOf(parsed.parameters);
    let matches = false;
    for (const [cost, dummy] of this.dummies) {
      if (cost === own) matches = await verifyPassword(password, kept, this.compute);
      else await verifyPassword(password, dummy, this.compute);
    }
    if (own !== undefined && !this.dummies.has(own)) {
      matches = await verifyPassword(password, kept, this.compute);
    }
    return matches;
  }

  private learn(parameters: ScryptParameters): void {
    const cost = costOf(parameters);
    if (this.dummies.has(cost) || this.dummies.size >= mostCosts) return;
    this.dummies.set(cost, dummyHash(parameters));
  }
}

function costOf({ N, r, p }: ScryptParameters): string {
  return `${N},${r},${p}`;
}

/** Equality in a time that says nothing of where two texts differ, nor of their lengths. */
function isSame(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(x, y);
}
