/**
 * The claim: the first Command of a stack, on which every other one depends. Pulumi records nothing of a create that
 * failed or was interrupted, so everything that bills must be identifiable before it exists. The claim creates nothing
 * that bills; its result, the owner id, is in the state before anything else starts, and its delete removes everything
 * that carries that id.
 */
import { DriverError } from "./errors";
import { Job } from "./job";
import { newOwner } from "./owner";
import { ClaimResult, ClaimSpec } from "./spec";
import { sweep } from "./sweep";

/** The stack's owner id: the existing one, else the given one, else a new one. It never changes. */
export async function ensureClaim(
  job: Job,
  spec: ClaimSpec,
  previous?: Partial<ClaimResult>,
): Promise<ClaimResult> {
  // With a wrong key, an old CLI or no network, the update fails here, before anything exists.
  if (!previous) {
    await job.checkBefore(spec.existing);
    await job.soracom.listVpgs();
  }
  const owner = previous?.owner ?? spec.owner ?? newOwner(spec.prefix);
  if (spec.owner !== undefined && spec.owner !== owner) {
    throw new DriverError(
      `This stack has the owner id ${owner}, and cannot take over what belongs to ${spec.owner}. Remove canal-ftp:soracomOwner, or set it on a new stack only.`,
    );
  }
  return { owner, coverages: [...new Set([...(previous?.coverages ?? []), spec.coverage])] };
}

/** Removes everything that carries the owner id, in every coverage the stack has had, and waits until it is gone. */
export async function removeClaim(
  job: Job,
  spec: ClaimSpec,
  previous?: Partial<ClaimResult>,
): Promise<object> {
  const owner = previous?.owner ?? spec.owner;
  if (owner === undefined) return { removed: false };
  for (const coverage of previous?.coverages ?? [spec.coverage]) {
    await sweep(job.inCoverage(coverage), owner);
  }
  return { owner, removed: true };
}
