/**
 * Decides whether a login attempt is granted or refused, and with which reason. It reads one UserStore and does not
 * depend on the form of events or on AWS.
 *
 * The order of the checks keeps user names secret and enforces the bounds of lockout.ts. Refusals that depend on the
 * user's record (no such user, disabled, expired, wrong address, wrong password and so on) all take the same work:
 * the attempt is counted, then two passwords are hashed. Earlier refusals do not depend on which users exist.
 */
import { parseAddress } from "../../lib/ipv4";
import type {
  AuthenticationRequest,
  AuthenticatorDependencies,
  Decision,
  Note,
  Refusal,
} from "./decision";
import { hasFailures } from "./lockout";
import { checkRecord } from "./record-check";
import type { Admission, Attempt, UserStore } from "./stores/user-store";
import { isUserName } from "./user-name";
import { findVerified, saveVerified, type CorrectPassword } from "./verified-passwords";

/**
 * Whether the text has the form of a server's id, so that it can be part of a key. The table lists the servers that
 * may use the identity provider.
 */
export function isServerId(text: string): boolean {
  return /^s-\w{1,64}$/.test(text);
}

/** Decides one attempt. Rejects when the store fails, never because of the contents of a request or a record. */
export async function authenticate(
  request: AuthenticationRequest,
  dependencies: AuthenticatorDependencies,
): Promise<Decision> {
  const { store, rules, clock, digests, passwords } = dependencies;
  const { user: name, password } = request;
  const address = parseAddress(request.address);
  if (!isUserName(name)) return refuse("bad-user-name");
  if (!rules.protocols.includes(request.protocol)) return refuse("wrong-protocol");
  if (address === undefined) return refuse("bad-address");
  if (!isServerId(request.serverId)) return refuse("unknown-server");

  const { serverId, protocol } = request;
  const facts = await store.readFacts({ serverId, user: name, address: request.address, protocol });
  const now = Math.floor(clock() / 1000);
  const onRecord = facts.user !== undefined;
  if (!facts.serverKnown) return refuse("unknown-server", onRecord);

  const check = checkRecord(facts.user, address, rules, now);
  const grant = async (
    right: CorrectPassword,
    by: "password" | "remembered",
    notes: Note[] = [],
  ) => {
    if (right.user.ignored) notes.push("foreign-fields-ignored");
    notes.push(...(await saveVerified(right, facts, dependencies, now)));
    return { granted: true as const, by, onRecord, grant: right.grant, notes };
  };
  const verified =
    check.grant && password !== undefined
      ? findVerified(check, password, facts, dependencies, now)
      : undefined;
  if (verified && !hasFailures(facts, rules.lockout, now)) return grant(verified, "remembered");

  const attempt = {
    name: onRecord ? name : digests.name(name),
    address: request.address,
    guess: digests.guess(name, password ?? ""),
  };
  const admission = await store.admit(attempt, now);
  if (verified && admission.checks !== "none") {
    return grant(verified, "remembered", await release(store, attempt, admission, false));
  }
  if (admission.checks !== "any") return refuse("locked", onRecord);
  const match = await passwords.match(password, check.user, check.grant !== undefined);
  if (match && check.grant && password !== undefined) {
    const right = { ...check, password, stored: match.hash ?? password };
    return grant(right, "password", await release(store, attempt, admission, true));
  }
  const reason = check.reason ?? (password === undefined ? "no-password" : "wrong-password");
  if (!admission.isFirst) return refuse(reason, onRecord);
  try {
    const failingNames = await store.countName(request.address, now);
    return { ...refuse(reason, onRecord), failingNames };
  } catch {
    return refuse(reason, onRecord, ["counting-names-failed"]);
  }
}

function refuse(reason: Refusal, onRecord = false, notes: readonly Note[] = []) {
  return { granted: false as const, reason, onRecord, notes };
}

/** Called after the password was verified: an error here must not make the login fail. */
async function release(
  store: UserStore,
  attempt: Attempt,
  admission: Admission,
  forgive: boolean,
): Promise<Note[]> {
  try {
    await store.release(attempt, admission, forgive);
    return [];
  } catch {
    return ["clearing-failures-failed"];
  }
}
