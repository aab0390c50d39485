import * as fs from "node:fs";

import { UserError } from "../core/errors";
import { readAllOutputs } from "../core/stack";
import { readSoracom } from "../status/views";
import type { CliContext } from "../core/context";
import { notChecked, type Hop, type HopResult } from "./hop";
import { alarmsHop } from "./hops/alarms";
import { bucketHop } from "./hops/bucket";
import { identityHop } from "./hops/identity";
import { loginHop } from "./hops/login";
import { peeringHop, routesHop } from "./hops/peering";
import { roleHop } from "./hops/role";
import { securityGroupHop } from "./hops/security-group";
import { serverHop } from "./hops/server";
import { sessionHop } from "./hops/session";
import { groupHop, simsHop, vpgHop } from "./hops/soracom";
import { readEvidence, writeEvidence } from "./evidence";
import { readLogs, Recorder } from "./recorder";
import { replayedContext } from "./replayed";
import { printHops } from "./report";
import { openSubject, type Subject, type VerifyOptions } from "./subject";
import { untilStopped } from "./stop";
import { withTemporaryUser } from "./temporary-user";

/** A file's path, from the device to the bucket, and who is alerted. The first broken hop is the one to fix. */
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
  alarmsHop,
];

/** Verifies a deployed stack, the running twin or recorded evidence. Resolves with the exit code. */
export async function verify(options: VerifyOptions, context: CliContext): Promise<number> {
  if (options.replay) return replay(options, options.replay, context);
  if (options.record) return record(options, options.record, context);
  const subject = await openSubject(options, context);
  return printHops(subject, await results(subject), options.json, context);
}

/** Verifies, and writes the replies. */
async function record(options: VerifyOptions, file: string, given: CliContext): Promise<number> {
  const recorder = new Recorder();
  const subject = await openSubject(options, recorder.context(given), async (...args) => {
    return (recorder.soracom = await readSoracom(...args));
  });
  const hops = await results(subject);
  const api = given.aws({ region: subject.config.region, profile: subject.file.awsProfile });
  const outputs = await readAllOutputs(subject.stack, given);
  const logs = await readLogs(api, outputs, given.now());
  writeEvidence(file, subject, { hops, calls: recorder.calls, soracom: recorder.soracom, logs });
  given.error(`Wrote ${file}. Read it before you send it: names of resources are in it.\n`);
  return printHops(subject, hops, options.json, given);
}

async function replay(options: VerifyOptions, file: string, given: CliContext): Promise<number> {
  const evidence = readEvidence(file);
  const context = replayedContext(evidence, given);
  try {
    const stack = { ...options, stack: evidence.stack };
    const noSoracom = { reason: "The evidence has no replies of SORACOM." };
    const subject = await openSubject(stack, context, () =>
      Promise.resolve(evidence.soracom ?? noSoracom),
    );
    return printHops(subject, await results(subject), options.json, given);
  } finally {
    fs.rmSync(context.root, { recursive: true, force: true });
  }
}

function results(subject: Subject): Promise<HopResult[]> {
  return withTemporaryUser(subject, (visitor) =>
    untilStopped(subject.stop, () => runHops({ ...subject, ...visitor })),
  );
}

async function runHops(subject: Subject): Promise<HopResult[]> {
  const results: HopResult[] = [];
  for (const { name, check } of hops) {
    if (subject.stop.aborted) throw new UserError("Interrupted.");
    const findings = await check(subject).catch((error: unknown) => [notChecked(name, error)]);
    results.push({ hop: name, findings });
  }
  return results;
}
