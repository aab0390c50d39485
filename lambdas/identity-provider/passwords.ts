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

/** Hashes a refusal computes, whatever the record holds; also the most a record may hold. */
const hashesPerRefusal = 2;

/** Checks passwords against records so that a refusal costs the same whether or not there is a record. */
export class Passwords {
  private readonly dummy: string;

  /**
   * @param parameters - What new hashes are made with, and the work done for names of no user.
   * @param compute - scrypt; tests count its calls.
   */
  constructor(
    private readonly parameters: ScryptParameters,
    private readonly compute: Scrypt = scrypt,
  ) {
    this.dummy = dummyHash(parameters);
  }

  /**
   * The match of a password in a record, or undefined. Without a match it computes two hashes: those of the
   * record, and dummies in place of missing or damaged ones.
   *
   * @param mayStop - Stop at the first match. False when the login is refused whatever the password is: then
   *   the right password must take as long as a wrong one.
   */
  async match(
    password: string | undefined,
    user: StoredUser | undefined,
    mayStop: boolean,
  ): Promise<Match | undefined> {
    let match: Match | undefined;
    if (user?.plainPasswords?.some((plain) => isSame(plain, password ?? ""))) match = {};
    for (let index = 0; index < hashesPerRefusal; index++) {
      if (mayStop && match && password !== undefined) break;
      const kept = user?.passwordHashes[index];
      const hash = kept !== undefined && parseHash(kept) ? kept : this.dummy;
      // A missing password takes the way of a wrong one.
      const matched = await verifyPassword(password ?? "-", hash, this.compute);
      if (matched && hash === kept) match ??= { hash };
    }
    return password === undefined ? undefined : match;
  }

  /** A new hash of the password, when the one it matched is below today's parameters. */
  async upgrade(password: string, hash: string): Promise<string | undefined> {
    if (!isBelow(hash, this.parameters)) return undefined;
    return hashPassword(password, this.parameters, this.compute);
  }
}

/** Equality in a time that says nothing of where two texts differ, nor of their lengths. */
function isSame(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(x, y);
}
