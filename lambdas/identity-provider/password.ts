/**
 * Password hashes: scrypt from node:crypto, written as PHC strings, `$scrypt$ln=14,r=8,p=1$salt$hash` with base64
 * without padding. Each hash contains its parameters, so they can be raised without a migration.
 *
 * scrypt is used and not argon2id or bcrypt, because Node includes it: a function without a compiled dependency
 * starts faster.
 */
import { randomBytes, scrypt as nodeScrypt, timingSafeEqual } from "node:crypto";

/** The cost of a hash. Memory is 128 x N x r bytes; time is proportional to N x r x p. */
export interface ScryptParameters {
  /** Rounds, a power of two. */
  readonly N: number;
  /** Block size. */
  readonly r: number;
  /** Passes, one after the other. */
  readonly p: number;
}

/** The scrypt function; tests replace it to count calls. */
export type Scrypt = (
  password: string,
  salt: Buffer,
  length: number,
  parameters: ScryptParameters,
) => Promise<Buffer>;

/** Parameters of new hashes: 16 MiB and about 40 ms on one core. */
export const defaultParameters: ScryptParameters = { N: 2 ** 14, r: 8, p: 1 };

/**
 * Maximum parameters of a stored hash. Without limits, one damaged or malicious record could exhaust the function's
 * memory or its timeout, and so interrupt the logins of all devices.
 */
const limits = { memoryBytes: 64 * 1024 * 1024, work: 2 ** 20, passes: 8 };

const saltBytes = { made: 16, least: 8, most: 64 };
/** Fixed length: a shorter scrypt hash is a prefix of a longer one, so a truncated hash would also verify. */
const hashBytes = 32;

/** A parsed PHC string. */
export interface ParsedHash {
  readonly parameters: ScryptParameters;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Whether these are valid parameters of scrypt (RFC 7914, section 2) within the limits. */
export function areAcceptable({ N, r, p }: ScryptParameters): boolean {
  return (
    [N, r, p].every((number) => Number.isSafeInteger(number) && number >= 1) &&
    N >= 2 &&
    Number.isInteger(Math.log2(N)) &&
    Math.log2(N) < 16 * r &&
    p <= limits.passes &&
    128 * N * r <= limits.memoryBytes &&
    N * r * p <= limits.work
  );
}

/** Node's scrypt on its thread pool, limited to the memory that the parameters need. */
export const scrypt: Scrypt = (password, salt, length, { N, r, p }) =>
  new Promise((resolve, reject) => {
    const maxmem = 128 * r * (N + p + 2);
    nodeScrypt(password, salt, length, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/**
 * The PHC string of a password.
 *
 * @param options - `salt` (16 random bytes unless given), and `N`, `r`, `p` ({@link defaultParameters}).
 * @throws RangeError when the password is empty, or {@link verifyPassword} would not accept the result.
 */
export async function hashPassword(
  password: string,
  options: { readonly salt?: Buffer } & Partial<ScryptParameters> = {},
  compute: Scrypt = scrypt,
): Promise<string> {
  const { salt = randomBytes(saltBytes.made), ...given } = options;
  const parameters = { ...defaultParameters, ...given };
  if (!isHashable(password)) {
    throw new RangeError("A password cannot be empty, and cannot end with a NUL character.");
  }
  if (!areAcceptable(parameters)) throw new RangeError("These scrypt parameters are out of range.");
  if (salt.length < saltBytes.least || salt.length > saltBytes.most) {
    throw new RangeError(`A salt has ${saltBytes.least} to ${saltBytes.most} bytes.`);
  }
  return format(parameters, salt, await compute(password, salt, hashBytes, parameters));
}

/**
 * Whether a password can be hashed. scrypt begins with HMAC, which pads a short key with NUL bytes, so a password
 * with NULs at its end has the same hash as the password without them (RFC 2104, section 2).
 */
export function isHashable(password: string): boolean {
  return password !== "" && !password.endsWith("\0");
}

/**
 * Whether the PHC string is a hash of the password. False, without computing a hash, for a string that cannot be
 * parsed.
 */
export async function verifyPassword(
  password: string,
  phc: string,
  compute: Scrypt = scrypt,
): Promise<boolean> {
  const parsed = parseHash(phc);
  if (!parsed || !isHashable(password)) return false;
  const computed = await compute(password, parsed.salt, parsed.hash.length, parsed.parameters);
  return timingSafeEqual(computed, parsed.hash);
}

/** The parsed PHC string; undefined when it is not valid or exceeds the limits. */
export function parseHash(phc: string): ParsedHash | undefined {
  const match =
    phc.length <= 256 &&
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
      phc,
    );
  if (!match) return undefined;
  const parameters = { N: 2 ** Number(match[1]), r: Number(match[2]), p: Number(match[3]) };
  const [salt, hash] = [match[4], match[5]].map((text) => Buffer.from(text, "base64"));
  const whole =
    areAcceptable(parameters) &&
    salt.length >= saltBytes.least &&
    salt.length <= saltBytes.most &&
    hash.length === hashBytes;
  return whole ? { parameters, salt, hash } : undefined;
}

/** Whether a parameter of the hash is lower than requested, so that the password should be hashed again. */
export function isBelow(phc: string, parameters: ScryptParameters): boolean {
  const made = parseHash(phc)?.parameters;
  return (
    made !== undefined && (made.N < parameters.N || made.r < parameters.r || made.p < parameters.p)
  );
}

/** A hash with these parameters that no password matches, to check passwords of unknown users against. */
export function dummyHash(parameters: ScryptParameters): string {
  return format(parameters, Buffer.alloc(saltBytes.made), Buffer.alloc(hashBytes));
}

function format({ N, r, p }: ScryptParameters, salt: Buffer, hash: Buffer): string {
  const [saltText, hashText] = [salt, hash].map((bytes) =>
    bytes.toString("base64").replace(/=+$/, ""),
  );
  return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${saltText}$${hashText}`;
}
