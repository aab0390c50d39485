/**
 * The decision: may this attempt in, and if not, why not. It reads one UserStore and knows neither events
 * nor AWS.
 *
 * The order is what keeps names secret, and the bounds of lockout.ts. Whatever depends on the name alone being one on
 * record (no such user, disabled, expired, wrong address, wrong password …) is refused after the same work: the attempt
 * is counted, then two passwords are hashed. What is refused sooner does not depend on who exists.
 */
import { parseAddress } from "../../lib/ipv4";
import type { AuthenticationRequest, Deciders, Decision, Note, Refusal } from "./decision";
import { hasFailures } from "./lockout";
import { standingOf } from "./standing";
import type { Admission, Attempt, UserStore } from "./stores/user-store";
import { isUserName } from "./user-name";
import { recall, remember, type RightPassword } from "./verified-passwords";

/** Whether the text is a server's id, as far as a key needs it: whether it is one of ours is in the table. */
export function isServerId(text: string): boolean {
  return /^s-\w{1,64}$/.test(text);
}

/** Decides one attempt. Rejects when the store is broken; never because of what a request or record holds. */
export async function authenticate(
  request: AuthenticationRequest,
  deciders: Deciders,
): Promise<Decision> {
  const { store, rules, clock, digests, passwords } = deciders;
  const { user: name, password } = request;
  const address = parseAddress(request.address);
  if (!isUserName(name)) return refuse("bad-user-name");
  if (!rules.protocols.includes(request.protocol)) return refuse("wrong-protocol");
  if (address === undefined) return refuse("bad-address");
  if (!isServerId(request.serverId)) return refuse("unknown-server");

  const { serverId, protocol } = request;
  const facts = await store.look({ serverId, user: name, address: request.address, protocol });
  const now = Math.floor(clock() / 1000);
  const onRecord = facts.user !== undefined;
  if (!facts.serverKnown) return refuse("unknown-server", onRecord);

  const standing = standingOf(facts.user, address, rules, now);
  const grant = async (right: RightPassword, by: "password" | "remembered", notes: Note[] = []) => {
    if (right.user.ignored) notes.push("foreign-fields-ignored");
    notes.push(...(await remember(right, facts, deciders, now)));
    return { granted: true as const, by, onRecord, grant: right.grant, notes };
  };
  const recalled =
    standing.grant && password !== undefined
      ? recall(standing, password, facts, deciders, now)
      : undefined;
  if (recalled && !hasFailures(facts, rules.lockout, now)) return grant(recalled, "remembered");

  const attempt = {
    name: onRecord ? name : digests.name(name),
    address: request.address,
    guess: digests.guess(name, password ?? ""),
  };
  const admission = await store.admit(attempt, now);
  if (recalled && admission.checks !== "none") {
    return grant(recalled, "remembered", await release(store, attempt, admission, false));
  }
  if (admission.checks !== "any") return refuse("locked", onRecord);
  const match = await passwords.match(password, standing.user, standing.grant !== undefined);
  if (match && standing.grant && password !== undefined) {
    const right = { ...standing, password, kept: match.hash ?? password };
    return grant(right, "password", await release(store, attempt, admission, true));
  }
  const reason = standing.reason ?? (password === undefined ? "no-password" : "wrong-password");
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

/** The password is right by now, so nothing here may turn the login into a failure. */
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
