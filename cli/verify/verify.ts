import { UserError } from "../core/errors";
import type { CliContext } from "../core/context";
import { notChecked, type Hop, type HopResult } from "./hop";
import { bucketHop } from "./hops/bucket";
import { identityHop } from "./hops/identity";
import { loginHop } from "./hops/login";
import { peeringHop, routesHop } from "./hops/peering";
import { roleHop } from "./hops/role";
import { securityGroupHop } from "./hops/security-group";
import { serverHop } from "./hops/server";
import { sessionHop } from "./hops/session";
import { groupHop, simsHop, vpgHop } from "./hops/soracom";
import { printHops } from "./report";
import { openSubject, type Subject, type VerifyOptions } from "./subject";
import { untilStopped } from "./stop";
import { withTemporaryUser } from "./temporary-user";

/** A file's path, from the device to the bucket. The first broken hop is the one to fix. */
const hops: readonly Hop[] = [
  simsHop,
  groupHop,
  vpgHop,
  peeringHop,
  routesHop,
  securityGroupHop,
  serverHop,
  identityHop,
  loginHop,
  roleHop,
  bucketHop,
  sessionHop,
];

/** Verifies a deployed stack or the running twin. Resolves with the exit code. */
export async function verify(options: VerifyOptions, context: CliContext): Promise<number> {
  const subject = await openSubject(options, context);
  const results = await withTemporaryUser(subject, (visitor) =>
    untilStopped(subject.stop, () => walk({ ...subject, ...visitor })),
  );
  return printHops(subject, results, options.json, context);
}

async function walk(subject: Subject): Promise<HopResult[]> {
  const results: HopResult[] = [];
  for (const { name, check } of hops) {
    if (subject.stop.aborted) throw new UserError("Interrupted.");
    const findings = await check(subject).catch((error: unknown) => [notChecked(name, error)]);
    results.push({ hop: name, findings });
  }
  return results;
}
