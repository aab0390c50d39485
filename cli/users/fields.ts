/** A user's fields as text, on a command line or in a CSV file. */
import type { NewUser } from "../../lambdas/identity-provider/stores/user-record";
import {
  accesses,
  type Access,
  type Mapping,
  type UserRecord,
} from "../../lambdas/identity-provider/stores/user-store";
import { parseCidr } from "../../lib/ipv4";

/** A user without name and passwords. */
export type UserFields = Omit<NewUser, "name" | "passwordHashes">;

/** The list of no blocks as a text: in a CSV file, the empty text is the stack's range. */
const nowhere = "nowhere";

/** A text that is not a valid value of its field; the message states what is valid. */
export class BadField extends Error {
  override readonly name = "BadField";
}

/** `read-write`, `read-only` or `drop-box`. */
export function parseAccess(text: string): Access {
  const access = accesses.find((known) => known === text);
  if (access === undefined) throw new BadField(`${quote(text)}: access is ${accesses.join(", ")}.`);
  return access;
}

/** Blocks, separated by commas or spaces; an address is a block of one. `nowhere` and the empty text are no block. */
export function parseBlocks(text: string): string[] {
  if (text.trim() === nowhere) return [];
  return words(text).map((word) => {
    const block = word.includes("/") ? word : `${word}/32`;
    if (!parseCidr(block))
      throw new BadField(`${quote(word)} is not an IPv4 block, such as 100.64.0.0/16.`);
    return block;
  });
}

/** A time in epoch seconds: a date (its beginning in UTC), or a date and time with its zone. */
export function parseTime(text: string): number {
  const pattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/;
  const [, date] = pattern.exec(text) ?? [];
  const time = Date.parse(text);
  // JavaScript reads February 31 as March 3.
  const isDate = date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date);
  if (!isDate || Number.isNaN(time)) {
    throw new BadField(
      `${quote(text)} is not a date such as 2027-03-31 or 2027-03-31T18:00:00+09:00.`,
    );
  }
  return Math.floor(time / 1000);
}

/** `/config=shared/config` or `/in=shared/in:drop-box`, separated by commas or spaces. Default: read-only. */
export function parseMappings(text: string): Mapping[] {
  return words(text).map((word) => {
    const [, entry, target, access] = /^([^=]+)=([^:]+)(?::(.*))?$/.exec(word) ?? [];
    if (entry === undefined || target === undefined) {
      throw new BadField(
        `${quote(word)} is not a mapping such as /config=shared/config:read-only.`,
      );
    }
    return { entry, target, access: access === undefined ? "read-only" : parseAccess(access) };
  });
}

/** A note about the user: one line of 200 characters at most. */
export function parseNote(text: string): string {
  if (text.length > 200 || /[\r\n\0]/.test(text))
    throw new BadField(`${quote(text)} is not one line of 200 characters at most.`);
  return text;
}

export function parseFlag(text: string): boolean {
  if (!/^(true|false)$/i.test(text))
    throw new BadField(`${quote(text)} is neither true nor false.`);
  return text.toLowerCase() === "true";
}

/** A user as texts that the functions above read. */
export function formatFields(user: UserRecord): Record<string, string> {
  const { enabled, access, validUntil, allowedCidrs, mappings, note = "" } = user;
  return {
    enabled: String(enabled),
    access,
    until: validUntil === undefined ? "" : formatTime(validUntil),
    from: allowedCidrs?.length === 0 ? nowhere : (allowedCidrs ?? []).join(" "),
    mappings: mappings
      .map((mapping) => `${mapping.entry}=${mapping.target}:${mapping.access}`)
      .join(" "),
    note,
  };
}

/** A time as {@link parseTime} reads it, in UTC. */
export function formatTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace(".000Z", "Z");
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
