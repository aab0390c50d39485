import { createHmac } from "node:crypto";

/**
 * Keyed digests of what may not be kept or logged as it is. The key is in the function's environment only, so
 * the table without it allows no guessing, unlike a plain hash.
 */
export class Digests {
  /** @param key - The setting LOGIN_KEY. */
  constructor(private readonly key: string) {}

  /**
   * Stands for a name that is not on record, because people type passwords in the field of the name. The `~` is
   * not allowed in a name, so no digest equals one.
   */
  name(text: string): string {
    return `~${this.digest(15, "name", text)}`;
  }

  /** A password that was tried for a user, to recognize the same guess. */
  guess(user: string, password: string): string {
    return this.digest(9, "guess", user, password);
  }

  /**
   * A password that was found right, and what it was checked against: with another hash in the record, the digest
   * is another one.
   *
   * @param kept - The hash, or the password in clear text, in the record.
   */
  proof(user: string, password: string, kept: string): string {
    return this.digest(24, "proof", user, password, kept);
  }

  private digest(bytes: number, ...parts: string[]): string {
    // JSON keeps the parts apart: no two lists of parts make the same text.
    const digest = createHmac("sha256", this.key).update(JSON.stringify(parts)).digest();
    return digest.subarray(0, bytes).toString("base64url");
  }
}
