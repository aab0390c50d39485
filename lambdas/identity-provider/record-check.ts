import { containsAddress, parseCidr } from "../../lib/ipv4";
import type { Refusal, Rules } from "./decision";
import { describeFolders, type Grant } from "./grant";
import type { LoginFacts, StoredUser } from "./stores/user-store";

/** A user who may log in with the correct password. */
export interface AllowedRecord {
  readonly grant: Grant;
  readonly user: StoredUser;
  readonly reason?: undefined;
}

/** The result of checking a user's record without the password: the grant, or the reason for a refusal. */
export type RecordCheck =
  | AllowedRecord
  | { readonly reason: Refusal; readonly user?: StoredUser; readonly grant?: undefined };

/**
 * Checks whether a user may log in from this address at this time. @param address - The client's address as a number.
 * @param now - Epoch seconds.
 */
export function checkRecord(
  user: LoginFacts["user"],
  address: number,
  rules: Rules,
  now: number,
): RecordCheck {
  if (user === undefined) return { reason: "unknown-user" };
  if (user === "damaged") return { reason: "damaged-record" };
  if (!user.enabled) return { reason: "disabled", user };
  if (user.validUntil !== undefined && now >= user.validUntil) return { reason: "expired", user };
  const allowed = (user.allowedCidrs ?? rules.allowedCidrs).some((text) => {
    const cidr = parseCidr(text);
    return cidr !== undefined && containsAddress(cidr, address);
  });
  if (!allowed) return { reason: "address-not-allowed", user };
  const { fields } = describeFolders(user, rules.space);
  if (!fields) return { reason: "bad-mappings", user };
  return { user, grant: { Role: rules.roleArn, ...fields } };
}
