/**
 * The items of the user table, in DynamoDB's JSON (`{"pk":{"S":"user#camera-01"}, …}`). The programs that write users
 * (the Pulumi program, the command line) and the function that reads them share this file.
 *
 * One table with the partition key `pk` (string) holds these kinds of item:
 * - `user#NAME`: a user;
 * - `server#ID`: this server may use this identity provider;
 * - `failures#NAME`: failed attempts from all addresses, and digests of passwords that were verified;
 * - `failures#NAME#ADDRESS`: failed attempts from one address, with digests of the passwords tried;
 * - `names#ADDRESS`: how many names fail from one address.
 *
 * For a name that is not on record, the key contains its digest. All items except users and servers are removed by
 * the table's TTL (attribute `ttl`).
 */
import {
  accesses,
  type Access,
  type FailureCount,
  type Mapping,
  type UserRecord,
  type VerifiedPassword,
} from "./user-store";

/** A value in DynamoDB's JSON; numbers are text. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] }
  | { readonly M: Item };

/** An item in DynamoDB's JSON. */
export interface Item {
  readonly [attribute: string]: AttributeValue;
}

/**
 * The required fields of a new user; other fields default to: enabled, no end, default range, read-write, no
 * mappings.
 */
export type NewUser = Pick<UserRecord, "name" | "passwordHashes"> & Partial<UserRecord>;

/** Partition keys. A `#` cannot be part of a name, so they cannot collide. */
export const keys = {
  user: (name: string) => `user#${name}`,
  server: (serverId: string) => `server#${serverId}`,
  failures: (name: string, address?: string) =>
    address === undefined ? `failures#${name}` : `failures#${name}#${address}`,
  names: (address: string) => `names#${address}`,
};

/** The item of a user. */
export function toItem(user: NewUser): Item {
  const { validUntil, allowedCidrs, mappings = [], note } = user;
  return {
    pk: { S: keys.user(user.name) },
    passwordHashes: texts(user.passwordHashes),
    enabled: { BOOL: user.enabled ?? true },
    access: { S: user.access ?? "read-write" },
    ...(validUntil === undefined ? {} : { validUntil: { N: String(validUntil) } }),
    ...(allowedCidrs === undefined ? {} : { allowedCidrs: texts(allowedCidrs) }),
    ...(mappings.length === 0
      ? {}
      : {
          mappings: {
            L: mappings.map(({ entry, target, access }) => ({
              M: { entry: { S: entry }, target: { S: target }, access: { S: access } },
            })),
          },
        }),
    ...(note ? { note: { S: note } } : {}),
  };
}

/** The item that lets a server use the identity provider. */
export function serverItem(serverId: string): Item {
  return { pk: { S: keys.server(serverId) } };
}

/**
 * The update that unlocks a name immediately, for every address: it invalidates all failures up to now and keeps the
 * verified passwords.
 *
 * @param now - Epoch seconds, not before the last failure.
 * @param end - Expiry of the item in epoch seconds: the time after which none of its contents is used any more.
 */
export function forgivenessUpdate(name: string, now: number, end: number) {
  return {
    Key: { pk: { S: keys.failures(name) } },
    UpdateExpression:
      "SET failures = :zero, firstAt = :now, lastAt = :now, forgivenAt = :now, #ttl = :ttl",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ":zero": { N: "0" },
      ":now": { N: String(now) },
      ":ttl": { N: String(end) },
    },
  };
}

/** An item that {@link toItem} did not write; the message names the attribute, not its value. */
export class DamagedItem extends Error {
  override readonly name = "DamagedItem";
}

/**
 * The user in an item.
 *
 * @throws DamagedItem when an attribute is missing or of another type. A default applies only to an absent attribute:
 *   `enabled` with another type must not mean enabled.
 */
export function fromItem(item: unknown): UserRecord {
  const attribute = reader(item);
  const pk = attribute("pk", text) ?? "";
  if (!pk.startsWith(keys.user(""))) throw new DamagedItem("pk");
  const passwordHashes = attribute("passwordHashes", list(text)) ?? [];
  if (passwordHashes.length < 1 || passwordHashes.length > 2) {
    throw new DamagedItem("passwordHashes");
  }
  const validUntil = attribute("validUntil", number);
  const allowedCidrs = attribute("allowedCidrs", list(text));
  const note = isObject(item) ? text(item.note) : undefined;
  return {
    name: pk.slice(keys.user("").length),
    passwordHashes,
    enabled: attribute("enabled", flag) ?? true,
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
    access: attribute("access", access) ?? "read-write",
    mappings: attribute("mappings", list(mapping)) ?? [],
    ...(note === undefined ? {} : { note }),
  };
}

/** The failures in an item of a count. */
export function countIn(item: unknown): FailureCount | undefined {
  const [failures, firstAt, lastAt] = ["failures", "firstAt", "lastAt"].map((name) =>
    numberIn(item, name),
  );
  if (failures === undefined || firstAt === undefined || lastAt === undefined) return undefined;
  return { failures, firstAt, lastAt };
}

/** The verified passwords in the item `failures#NAME`; entries that are not valid are omitted. */
export function verifiedIn(item: unknown): VerifiedPassword[] {
  const values = isObject(item) && isObject(item.verified) ? item.verified.L : undefined;
  if (!Array.isArray(values)) return [];
  return values.flatMap((value) => {
    const fields: unknown = isObject(value) ? value.M : undefined;
    const digest = isObject(fields) ? text(fields.digest) : undefined;
    const at = numberIn(fields, "at");
    return digest === undefined || at === undefined ? [] : [{ digest, at }];
  });
}

/** Verified passwords as {@link verifiedIn} reads them. */
export function verifiedValue(verified: readonly VerifiedPassword[]): AttributeValue {
  return {
    L: verified.map(({ digest, at }) => ({ M: { digest: { S: digest }, at: { N: String(at) } } })),
  };
}

/** A number attribute of an item, or undefined when there is none or it is not a number. */
export function numberIn(item: unknown, name: string): number | undefined {
  return isObject(item) && Object.hasOwn(item, name) ? number(item[name]) : undefined;
}

type Decode<T> = (value: unknown) => T | undefined;

/** Reads attributes: undefined for an absent attribute, DamagedItem for one that is not decodable. */
function reader(item: unknown) {
  return <T>(name: string, decode: Decode<T>): T | undefined => {
    if (!isObject(item)) throw new DamagedItem("item");
    if (!Object.hasOwn(item, name)) return undefined;
    const value = decode(item[name]);
    if (value === undefined) throw new DamagedItem(name);
    return value;
  };
}

const text: Decode<string> = (value) => typed(value, "S", "string");
const flag: Decode<boolean> = (value) => typed(value, "BOOL", "boolean");

const number: Decode<number> = (value) => {
  const digits = typed<string>(value, "N", "string");
  const parsed = digits === undefined || digits.trim() === "" ? NaN : Number(digits);
  return Number.isFinite(parsed) ? parsed : undefined;
};

const access: Decode<Access> = (value) => accesses.find((known) => known === text(value));

const mapping: Decode<Mapping> = (value) => {
  const attribute = reader(isObject(value) ? value.M : undefined);
  const entry = attribute("entry", text);
  const target = attribute("target", text);
  if (entry === undefined || target === undefined) return undefined;
  // A shared folder is read-only by default.
  return { entry, target, access: attribute("access", access) ?? "read-only" };
};

function list<T>(decode: Decode<T>): Decode<T[]> {
  return (value) => {
    const elements = isObject(value) ? value.L : undefined;
    if (!Array.isArray(elements)) return undefined;
    const decoded = elements.map(decode).filter((element) => element !== undefined);
    return decoded.length === elements.length ? decoded : undefined;
  };
}

function typed<T>(value: unknown, key: string, type: "string" | "boolean"): T | undefined {
  return isObject(value) && typeof value[key] === type ? (value[key] as T) : undefined;
}

function texts(values: readonly string[]): AttributeValue {
  return { L: values.map((value) => ({ S: value })) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
