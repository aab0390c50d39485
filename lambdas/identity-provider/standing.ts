import { containsAddress, parseCidr } from "../../lib/ipv4";
import type { Refusal, Rules } from "./decision";
import { describeFolders, type Grant } from "./grant";
import type { LoginFacts, StoredUser } from "./stores/user-store";

/** A user who may log in with the right password. */
export interface OpenStanding {
  readonly grant: Grant;
  readonly user: StoredUser;
  readonly reason?: undefined;
}

/** What the record alone says, before any password: the grant, or why there is none. */
export type Standing =
  | OpenStanding
  | { readonly reason: Refusal; readonly user?: StoredUser; readonly grant?: undefined };

/**
 * @param address - The client's, as a number.
 * @param now - Epoch seconds.
 */
export function standingOf(
  user: LoginFacts["user"],
  address: number,
  rules: Rules,
  now: number,
): Standing {
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
