import { createHmac } from "node:crypto";

/**
 * Keyed digests of values that must not be stored or logged in clear text. The key is in the function's environment
 * only, so the table alone does not allow guessing the values, unlike plain hashes.
 */
export class Digests {
  /** @param key - The setting LOGIN_KEY. */
  constructor(private readonly key: string) {}

  /**
   * Digest of a name that is not on record, because users sometimes type the password in the field of the name. A
   * name cannot contain `~`, so no digest equals a name.
   */
  name(text: string): string {
    return `~${this.digest(15, "name", text)}`;
  }

  /** Digest of a password that was tried for a user, to recognize a repeated guess. */
  guess(user: string, password: string): string {
    return this.digest(9, "guess", user, password);
  }

  /**
   * Digest of a verified password and of the stored value it matched: it changes with the hash in the record.
   *
   * @param stored - The hash, or the clear-text password, in the record.
   */
  verified(user: string, password: string, stored: string): string {
    return this.digest(24, "proof", user, password, stored);
  }

  private digest(bytes: number, ...parts: string[]): string {
    // JSON separates the parts: different lists of parts give different texts.
    const digest = createHmac("sha256", this.key).update(JSON.stringify(parts)).digest();
    return digest.subarray(0, bytes).toString("base64url");
  }
}
