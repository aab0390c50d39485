/**
 * The items of the user table, in DynamoDB's JSON (`{"pk":{"S":"user#camera-01"}, …}`). The writers of
 * users (the Pulumi program, the command line) and the function that reads them share this file.
 *
 * One table with the partition key `pk` (string) holds four kinds of item:
 * - `user#NAME`: a user;
 * - `server#ID`: this server may use this identity provider;
 * - `failures#NAME#ADDRESS` and `failures#NAME`: failed attempts, removed by the table's TTL (attribute `ttl`).
 */
import { accesses, type Access, type Mapping, type UserRecord } from "./user-store";

/** A value in DynamoDB's JSON; numbers are text. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** An item in DynamoDB's JSON. */
export interface Item {
  readonly [attribute: string]: AttributeValue;
}

/** What must be said of a new user; the rest has defaults: enabled, no end, default range, read-write, no mappings. */
export type NewUser = Pick<UserRecord, "name" | "passwordHashes"> & Partial<UserRecord>;

/** Partition keys. A `#` cannot be part of a name, so no two of them meet. */
export const keys = {
  user: (name: string) => `user#${name}`,
  server: (serverId: string) => `server#${serverId}`,
  failures: (name: string, address?: string) =>
    address === undefined ? `failures#${name}` : `failures#${name}#${address}`,
};

/** The item of a user. */
export function toItem(user: NewUser): Item {
  const { validUntil, allowedCidrs, mappings = [] } = user;
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
  };
}

/** The item that lets a server use the identity provider. */
export function serverItem(serverId: string): Item {
  return { pk: { S: keys.server(serverId) } };
}

/**
 * The item that frees a locked name at once, whatever the addresses: put in place of the name's failure
 * count, it voids every failure up to now. It removes itself when none of them would count any more.
 *
 * @param now - Epoch seconds.
 * @param windowSeconds - The function's LOCKOUT_WINDOW_SECONDS, or more.
 */
export function forgivenessItem(name: string, now: number, windowSeconds: number): Item {
  return {
    pk: { S: keys.failures(name) },
    failures: { N: "0" },
    firstAt: { N: String(now) },
    lastAt: { N: String(now) },
    forgivenAt: { N: String(now) },
    ttl: { N: String(now + windowSeconds) },
  };
}

/** An item of the table is not what {@link toItem} writes; the message names the attribute, not its value. */
export class DamagedItem extends Error {
  override readonly name = "DamagedItem";
}

/**
 * The user in an item.
 *
 * @throws DamagedItem when an attribute is missing or of another type. A default only ever stands for an
 *   absent attribute: `enabled` of the wrong type must not read as enabled.
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
  return {
    name: pk.slice(keys.user("").length),
    passwordHashes,
    enabled: attribute("enabled", flag) ?? true,
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
    access: attribute("access", access) ?? "read-write",
    mappings: attribute("mappings", list(mapping)) ?? [],
  };
}

/** A number attribute of an item, or undefined when there is none or it is not a number. */
export function numberIn(item: unknown, name: string): number | undefined {
  return isObject(item) && Object.hasOwn(item, name) ? number(item[name]) : undefined;
}

type Decode<T> = (value: unknown) => T | undefined;

/** Reads attributes: undefined when absent, DamagedItem when present and not decodable. */
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
  // A shared folder is for fetching unless the record says otherwise.
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
