import type { UserRecord } from "../../lambdas/identity-provider/stores/user-store";
import type { Contents, Locks } from "./contents";
import { formatFields, formatTime } from "./fields";
import type { Site } from "./site";

/** A user as JSON, with the number of passwords in place of their hashes. */
export interface UserDocument {
  readonly name: string;
  /** The function cannot read the record, and denies logins; there are no further fields. */
  readonly damaged?: true;
  readonly enabled?: boolean;
  readonly expired?: boolean;
  readonly passwords?: number;
  readonly access?: string;
  readonly until?: string;
  readonly from?: readonly string[];
  readonly mappings?: readonly object[];
  readonly note?: string;
  readonly locked: Locks;
}

/** @param now - Epoch seconds. */
export function documentOf(
  name: string,
  contents: Contents,
  { lockout }: Site,
  now: number,
): UserDocument {
  const locked = contents.locks(name, lockout, now);
  const user = contents.users.get(name);
  if (!user) return { name, damaged: true, locked };
  const { enabled, passwordHashes, access, validUntil, allowedCidrs, mappings, note } = user;
  return {
    name,
    enabled,
    expired: isExpired(user, now),
    passwords: passwordHashes.length,
    access,
    ...(validUntil === undefined ? {} : { until: formatTime(validUntil) }),
    ...(allowedCidrs === undefined ? {} : { from: allowedCidrs }),
    mappings,
    ...(note === undefined ? {} : { note }),
    locked,
  };
}

/** The reasons why logins are denied, or that there are two passwords, as one line. */
export function stateOf({ damaged, enabled, expired, passwords, locked }: UserDocument): string {
  const states = [
    damaged ? "damaged" : "",
    enabled === false ? "disabled" : "",
    expired ? "expired" : "",
    locked.everywhere ? "locked" : "",
    !locked.everywhere && locked.addresses.length > 0
      ? `locked from ${locked.addresses.join(" ")}`
      : "",
    passwords === 2 ? "2 passwords" : "",
  ].filter((state) => state !== "");
  return states.join(", ") || "active";
}

/** All of a user, with one line for each field. */
export function linesOf(document: UserDocument, user: UserRecord | undefined): string[] {
  const head = [document.name, `  state     ${stateOf(document)}`];
  if (!user) return head;
  const { access, until, from, mappings } = formatFields(user);
  return [
    ...head,
    `  access    ${access}`,
    `  until     ${until || "no end"}`,
    `  from      ${user.allowedCidrs === undefined ? "the stack's range" : from}`,
    ...(mappings === "" ? [] : [`  folders   /home ${mappings}`]),
    ...(user.note === undefined ? [] : [`  note      ${user.note}`]),
  ];
}

function isExpired({ validUntil }: UserRecord, now: number): boolean {
  return validUntil !== undefined && now >= validUntil;
}
