/**
 * The decision: may this attempt in, and if not, why not. It reads one UserStore and knows neither events
 * nor AWS.
 *
 * The order is what keeps names secret. Whatever depends on the name alone being one we have (no such user,
 * disabled, expired, wrong address, wrong password …) is refused after the same work: two scrypt hashes,
 * then the failure is counted. What is refused sooner does not depend on who exists.
 */
import { containsAddress, parseAddress, parseCidr } from "../../lib/ipv4";
import { describeFolders, type Grant } from "./grant";
import type { FileSpace } from "./home";
import { isLocked, type LockoutRules } from "./lockout";
import type { Passwords } from "./passwords";
import type { RememberedLogins } from "./remembered-logins";
import type { LoginFacts, LoginKey, StoredUser, UserStore } from "./stores/user-store";
import { isUserName } from "./user-name";

/** One attempt, whichever way it came in. Texts are as they were sent: nothing has been checked. */
export interface AuthenticationRequest {
  readonly serverId: string;
  readonly user: string;
  /** Undefined when missing, empty, damaged, or longer than AWS sends. */
  readonly password: string | undefined;
  readonly protocol: string;
  /** The client's address. */
  readonly address: string;
}

/** Why an attempt was refused. For logs and metrics; the client does not receive it. */
export type Refusal =
  | "bad-user-name"
  | "wrong-protocol"
  | "bad-address"
  | "unknown-server"
  | "locked"
  | "unknown-user"
  | "damaged-record"
  | "bad-mappings"
  | "disabled"
  | "expired"
  | "address-not-allowed"
  | "no-password"
  | "wrong-password";

/** Further facts of the decision, for the log. */
export type Note = "hash-upgraded" | "hash-upgrade-failed" | "clearing-failures-failed";

export type Decision =
  | {
      readonly granted: true;
      /** Whether the password was checked now, or is remembered from a moment ago. */
      readonly by: "password" | "remembered";
      readonly grant: Grant;
      readonly notes: readonly Note[];
    }
  | { readonly granted: false; readonly reason: Refusal };

/** What decides, in addition to the request. */
export interface Deciders {
  readonly store: UserStore;
  readonly rules: Rules;
  readonly passwords: Passwords;
  readonly remembered: RememberedLogins;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The rules every user is under. */
export interface Rules {
  /** ARN of the role Transfer Family assumes for every user. */
  readonly roleArn: string;
  readonly space: FileSpace;
  /** Where users without a list of their own may log in from. */
  readonly allowedCidrs: readonly string[];
  /** Protocols users may log in by, as Transfer Family names them. */
  readonly protocols: readonly string[];
  readonly lockout: LockoutRules;
}

/** Whether the text is a server's id, as far as a key needs it: whether it is one of ours is in the table. */
export function isServerId(text: string): boolean {
  return /^s-\w{1,64}$/.test(text);
}

/** Decides one attempt. Rejects when the store is broken; never because of what a request or record holds. */
export async function authenticate(
  request: AuthenticationRequest,
  deciders: Deciders,
): Promise<Decision> {
  const { store, rules, clock } = deciders;
  const address = parseAddress(request.address);
  if (!isUserName(request.user)) return refuse("bad-user-name");
  if (!rules.protocols.includes(request.protocol)) return refuse("wrong-protocol");
  if (address === undefined) return refuse("bad-address");
  if (!isServerId(request.serverId)) return refuse("unknown-server");

  const key = { serverId: request.serverId, user: request.user, address: request.address };
  const facts = await store.look(key);
  const now = Math.floor(clock() / 1000);
  if (!facts.serverKnown) return refuse("unknown-server");
  if (isLocked(facts, rules.lockout, now)) return refuse("locked");

  const standing = standingOf(facts.user, address, rules, now);
  const by = await proof(request, standing, deciders);
  if (standing.reason === undefined && by !== undefined) {
    const notes = await afterSuccess(key, facts, standing.user, by, request, deciders);
    return { granted: true, by: by.how, grant: standing.grant, notes };
  }
  await store.countFailure(key, facts, now);
  if (standing.reason !== undefined) return refuse(standing.reason);
  return refuse(request.password === undefined ? "no-password" : "wrong-password");
}

function refuse(reason: Refusal): Decision {
  return { granted: false, reason };
}

/** What the record alone says, before any password. */
type Standing =
  | { readonly reason: Refusal; readonly user?: StoredUser }
  | { readonly reason?: undefined; readonly user: StoredUser; readonly grant: Grant };

function standingOf(
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

/** How a password was found right. */
interface Proof {
  readonly how: "password" | "remembered";
  readonly hash?: string;
}

async function proof(
  { user, password }: AuthenticationRequest,
  standing: Standing,
  { passwords, remembered, clock }: Deciders,
): Promise<Proof | undefined> {
  const open = standing.reason === undefined;
  if (open && password !== undefined) {
    const hash = standing.user.passwordHashes.find((kept) =>
      remembered.knows(user, password, kept, clock()),
    );
    if (hash !== undefined) return { how: "remembered", hash };
  }
  const match = await passwords.match(password, standing.user, open);
  return match && { how: "password", ...match };
}

/** The login is granted by now, so nothing here may turn it into a failure. */
async function afterSuccess(
  key: LoginKey,
  facts: LoginFacts,
  user: StoredUser,
  { how, hash }: Proof,
  { password = "" }: AuthenticationRequest,
  { store, rules, passwords, remembered, clock }: Deciders,
): Promise<Note[]> {
  const notes: Note[] = [];
  if (how === "password" && hash !== undefined) {
    remembered.add(key.user, password, hash, clock());
    try {
      const replacement = store.replaceHash && (await passwords.upgrade(password, hash));
      if (replacement !== undefined) {
        await store.replaceHash?.(user, hash, replacement);
        notes.push("hash-upgraded");
      }
    } catch {
      notes.push("hash-upgrade-failed");
    }
  }
  const { lastAt = 0, failures = 0 } = facts.fromAddress ?? {};
  if (failures > 0 && lastAt > clock() / 1000 - rules.lockout.windowSeconds) {
    await store.clearFailures(key).catch(() => notes.push("clearing-failures-failed"));
  }
  return notes;
}
