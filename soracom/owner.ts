/**
 * Owner ids. A stack's claim creates one, for example `canal-ftp/dev/k3j9x2ab4m`; everything that the stack creates
 * at SORACOM is tagged with the id and the name of the resource, `canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-vpg`, so
 * that it can be found without the stack's state, and two stacks with the same name share nothing.
 */
import { randomBytes } from "node:crypto";

/** The tag of every VPG and group made here. */
export const ownerTag = "canal-ftp-owner";

/** 32 characters, without those that are easily confused, so that each encodes five bits of a random byte. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** 50 random bits: no two claims of an operator are the same. */
const idLength = 10;

/** A new owner id under the readable prefix, for example `canal-ftp/dev`. */
export function newOwner(prefix: string): string {
  const letters = [...randomBytes(idLength)].map((byte) => alphabet[byte % alphabet.length]);
  return `${prefix}/${letters.join("")}`;
}

/** The owner id in a tag's value, which ends with the resource's name. */
export function ownerOf(value: string): string {
  return value.split("/").slice(0, 3).join("/");
}

/** Whether a tag's value names this owner itself or one of its resources. */
export function isOwnedBy(owner: string, value: string | undefined): boolean {
  return value === owner || (value?.startsWith(`${owner}/`) ?? false);
}
