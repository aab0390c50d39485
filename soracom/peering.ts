import { Job, findOrCreate, removeAndWait } from "./job";
import {
  journalTag,
  madeEntry,
  makingEntry,
  ownPeerings,
  peeringJournals,
} from "./peering-journal";
import { Vpg } from "./soracom-api";
import { PeeringResult, PeeringSpec } from "./spec";
import { isLive, removeVpgTag, untilRunning } from "./vpg";

/** Ensures exactly one peering of the VPG with the spec's VPC. */
export async function ensurePeering(
  job: Job,
  spec: PeeringSpec,
  previous?: Partial<PeeringResult>,
): Promise<PeeringResult> {
  // The documented order: a peering is requested only when the VPG runs.
  const vpg = await untilRunning(
    job,
    spec.vpgId,
    "does not exist or is being terminated: the peering needs it",
  );
  const recorded = previous?.vpgId === spec.vpgId ? previous.peeringConnectionId : undefined;
  const isRecorded = recorded !== undefined && peeringIds(vpg).includes(recorded);
  const own = new Set([...ownIds(spec, vpg), ...(isRecorded ? [recorded] : [])]);
  await removeEnded(job, spec, [...own]);
  if (isRecorded && !spec.gone?.includes(recorded)) {
    if (sameRequest(previous, spec)) return result(spec, recorded);
    await removePeeringById(job, spec.vpgId, recorded);
  }
  const journalled = journalOf(vpg, spec) !== undefined;
  const id = await findOrCreate(
    job,
    `peering of VPG ${spec.vpgId} with ${spec.peerVpcId}`,
    async () => (await existingPeerings(job, spec))[0],
    () => create(job, spec),
    journalled,
  );
  await removeOthers(job, spec, id);
  await writeJournal(job, spec, madeEntry(spec.owner, id));
  return result(spec, id);
}

/** Deletes the peering (that of the last run, and those of interrupted runs) and waits. */
export async function removePeering(
  job: Job,
  spec: PeeringSpec,
  previous?: Partial<PeeringResult>,
): Promise<object> {
  const vpg = await job.soracom.findVpg(spec.vpgId);
  const own = new Set([previous?.peeringConnectionId, ...ownIds(spec, vpg)]);
  for (const id of peeringIds(vpg).filter((candidate) => own.has(candidate))) {
    await removePeeringById(job, spec.vpgId, id);
  }
  if (journalOf(vpg, spec)) await removeVpgTag(job, spec.vpgId, journalTag(spec.peerVpcId));
  return { vpgId: spec.vpgId, removed: true };
}

/** Deletes one peering and waits until the VPG no longer lists it. */
export function removePeeringById(job: Job, vpgId: string, id: string): Promise<void> {
  return removeAndWait(
    job,
    `peering ${id}`,
    () => job.soracom.deletePeering(vpgId, id),
    async () =>
      peeringIds(await job.soracom.findVpg(vpgId)).includes(id)
        ? { gone: false, going: false, state: "listed" }
        : { gone: true },
  );
}

/** SORACOM continues to list a peering that ended on the AWS side: the stack's own is removed from its list. */
async function removeEnded(job: Job, spec: PeeringSpec, own: readonly string[]): Promise<void> {
  for (const id of own.filter((candidate) => spec.gone?.includes(candidate))) {
    job.control.log(`peering ${id} no longer exists on the AWS side and is created again`);
    await removePeeringById(job, spec.vpgId, id);
  }
}

async function create(job: Job, spec: PeeringSpec): Promise<string> {
  const vpg = await job.soracom.findVpg(spec.vpgId);
  // An existing "making" list is not changed: a peering that is not in it may be the one that the failed call made.
  if (!journalOf(vpg, spec)?.making) {
    await writeJournal(job, spec, makingEntry(spec.owner, peeringIds(vpg)));
  }
  return job.soracom.createPeering(spec.vpgId, {
    ownerId: spec.peerOwnerId,
    region: spec.peerRegion,
    vpcId: spec.peerVpcId,
    cidr: spec.destinationCidrBlock,
  });
}

/** Removes further peerings: a creation whose call failed may complete after the driver's last read. */
async function removeOthers(job: Job, spec: PeeringSpec, kept: string): Promise<void> {
  for (const id of (await existingPeerings(job, spec)).filter((candidate) => candidate !== kept)) {
    job.control.log(`peering ${id} was made by an interrupted run; ${kept} stays`);
    await removePeeringById(job, spec.vpgId, id);
  }
}

/** The stack's peerings of the VPG that still exist at AWS. */
async function existingPeerings(job: Job, spec: PeeringSpec): Promise<string[]> {
  const vpg = await job.soracom.findVpg(spec.vpgId);
  return ownIds(spec, vpg).filter((id) => !spec.gone?.includes(id));
}

function ownIds(spec: PeeringSpec, vpg: Vpg | undefined): string[] {
  return vpg && isLive(vpg) ? ownPeerings(vpg, spec.peerVpcId) : [];
}

function peeringIds(vpg: Vpg | undefined): string[] {
  return vpg && isLive(vpg) ? Object.keys(vpg.vpcPeeringConnections ?? {}) : [];
}

function journalOf(vpg: Vpg | undefined, spec: PeeringSpec) {
  if (!vpg || !isLive(vpg)) return undefined;
  return peeringJournals(vpg).find(({ vpcId }) => vpcId === spec.peerVpcId);
}

async function writeJournal(job: Job, spec: PeeringSpec, entry: string): Promise<void> {
  await job.soracom.putVpgTags(spec.vpgId, { [journalTag(spec.peerVpcId)]: entry });
}

function sameRequest(previous: Partial<PeeringResult> | undefined, spec: PeeringSpec): boolean {
  return (
    previous?.peerOwnerId === spec.peerOwnerId &&
    previous.peerRegion === spec.peerRegion &&
    previous.peerVpcId === spec.peerVpcId &&
    previous.destinationCidrBlock === spec.destinationCidrBlock
  );
}

function result(spec: PeeringSpec, peeringConnectionId: string): PeeringResult {
  const { vpgId, peerOwnerId, peerRegion, peerVpcId, destinationCidrBlock } = spec;
  return { vpgId, peeringConnectionId, peerOwnerId, peerRegion, peerVpcId, destinationCidrBlock };
}
