import { createHmac, randomBytes } from "node:crypto";

/**
 * Logins verified a short while ago by this process, so that a device that comes back within seconds does
 * not cost another hash. Only the hash is skipped: the record is read and checked every time, and since its
 * hash is part of what is remembered, a changed password is forgotten at once.
 *
 * Nothing of a password is kept: only an HMAC of it, under a key that never leaves this process.
 */
export class RememberedLogins {
  private readonly key = randomBytes(32);
  /** Digest to epoch milliseconds of its end; oldest first, because a Map keeps the order of insertion. */
  private readonly ends = new Map<string, number>();

  /**
   * @param seconds - How long a login is remembered; 0 for not at all.
   * @param most - How many logins are kept; the oldest goes first.
   */
  constructor(
    private readonly seconds: number,
    private readonly most = 2000,
  ) {}

  /** Whether this password matched this hash for this user, not long before `now` (epoch milliseconds). */
  knows(user: string, password: string, hash: string, now: number): boolean {
    if (this.seconds === 0) return false;
    const end = this.ends.get(this.digest(user, password, hash));
    return end !== undefined && now < end;
  }

  /** Remembers that it matched. Using a remembered login does not prolong it. */
  add(user: string, password: string, hash: string, now: number): void {
    if (this.seconds === 0) return;
    const digest = this.digest(user, password, hash);
    this.ends.delete(digest);
    this.ends.set(digest, now + this.seconds * 1000);
    for (const oldest of this.ends.keys()) {
      if (this.ends.size <= this.most) break;
      this.ends.delete(oldest);
    }
  }

  /** How many are kept. */
  get size(): number {
    return this.ends.size;
  }

  private digest(...parts: string[]): string {
    // JSON keeps the parts apart: no two triples make the same text.
    return createHmac("sha256", this.key).update(JSON.stringify(parts)).digest("base64");
  }
}
