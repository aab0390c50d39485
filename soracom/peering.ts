/**
 * The Canal VPC peering carries no tags, and the form of the values in the VPG's map of peerings is
 * not documented. So that an interrupted run can separate its own peering from others, it
 * keeps a journal in a tag of the VPG, one per VPC:
 *
 *     canal-ftp-peering-vpc-0a1b = "making pcx-1 pcx-2"    before the creation: the ids there already
 *     canal-ftp-peering-vpc-0a1b = "pcx-3"                 after it
 *
 * Whatever id is there and not in the "making" list was made by the run that wrote it. When a value in
 * the map does name a VPC, that counts more: it proves the peering ours or another's. What is left:
 * a peering made by hand between a cut-off run and the next, whose value names no VPC, is taken for
 * ours. A VPG that was there before us gets the tag too; `peering remove` takes it off.
 */
import { Job, defaultTimeoutSeconds, findOrCreate, onlyOne, removeAndWait } from "./job";
import { Vpg } from "./soracom-api";
import { PeeringResult, PeeringSpec } from "./spec";
import { isLive, removeVpgTag, untilRunning } from "./vpg";

const makingMark = "making";

/** Makes sure the VPG has exactly one peering with the spec's VPC. */
export async function ensurePeering(
  job: Job,
  spec: PeeringSpec,
  previous?: Partial<PeeringResult>,
): Promise<PeeringResult> {
  // The documented order: SORACOM is asked for a peering only once the VPG runs.
  const vpg = await untilRunning(
    job,
    spec.vpgId,
    spec.timeoutSeconds,
    "does not exist or is being terminated: the peering needs it",
  );
  const remembered = previous?.vpgId === spec.vpgId ? previous.peeringConnectionId : undefined;
  const isRemembered = remembered !== undefined && peeringIds(vpg).includes(remembered);
  const own = new Set([...ownIds(spec, vpg), ...(isRemembered ? [remembered] : [])]);
  await removeGone(job, spec, [...own]);
  if (isRemembered && !spec.gone?.includes(remembered)) {
    if (sameRequest(previous, spec)) return result(spec, remembered);
    await remove(job, spec, remembered);
  }
  const journalled = journalOf(vpg, spec) !== undefined;
  const id = await findOrCreate(
    job,
    `peering of VPG ${spec.vpgId} with ${spec.peerVpcId}`,
    async () => findOwn(spec, await job.soracom.findVpg(spec.vpgId)),
    () => create(job, spec),
    journalled,
  );
  await writeJournal(job, spec, id);
  return result(spec, id);
}

/** Deletes the peering (the remembered one, and what a run that was cut off made) and waits. */
export async function removePeering(
  job: Job,
  spec: PeeringSpec,
  previous?: Partial<PeeringResult>,
): Promise<object> {
  const vpg = await job.soracom.findVpg(spec.vpgId);
  const own = new Set([previous?.peeringConnectionId, findOwn(spec, vpg)]);
  for (const id of peeringIds(vpg).filter((candidate) => own.has(candidate))) {
    await remove(job, spec, id);
  }
  if (journalOf(vpg, spec) !== undefined) await removeVpgTag(job, spec.vpgId, journalTag(spec));
  return { vpgId: spec.vpgId, removed: true };
}

/** SORACOM goes on listing a peering that ended on the AWS side: ours is taken off its list. */
async function removeGone(job: Job, spec: PeeringSpec, own: readonly string[]): Promise<void> {
  for (const id of own.filter((candidate) => spec.gone?.includes(candidate))) {
    job.control.say(`peering ${id} is gone on the AWS side and is made again`);
    await remove(job, spec, id);
  }
}

async function create(job: Job, spec: PeeringSpec): Promise<string> {
  const vpg = await job.soracom.findVpg(spec.vpgId);
  // A list that was begun stays as it is: what came since may be what the failed call made.
  if (!journalOf(vpg, spec)?.startsWith(makingMark)) {
    await writeJournal(job, spec, [makingMark, ...peeringIds(vpg)].join(" "));
  }
  return job.soracom.createPeering(spec.vpgId, {
    ownerId: spec.peerOwnerId,
    region: spec.peerRegion,
    vpcId: spec.peerVpcId,
    cidr: spec.destinationCidrBlock,
  });
}

function remove(job: Job, spec: PeeringSpec, id: string): Promise<void> {
  return removeAndWait(
    job,
    `peering ${id}`,
    spec.timeoutSeconds ?? defaultTimeoutSeconds,
    () => job.soracom.deletePeering(spec.vpgId, id),
    async () =>
      peeringIds(await job.soracom.findVpg(spec.vpgId)).includes(id)
        ? { gone: false, going: false, state: "listed" }
        : { gone: true },
  );
}

/** Our peering among those of the VPG that AWS still has. Throws a DriverError when several could be it. */
function findOwn(spec: PeeringSpec, vpg: Vpg | undefined): string | undefined {
  const candidates = ownIds(spec, vpg).filter((id) => !spec.gone?.includes(id));
  return onlyOne("peerings", `VPG ${spec.vpgId} with ${spec.peerVpcId}`, candidates, (id) => id);
}

/** Those of the VPG's peerings that are ours by what they or the journal say. */
function ownIds(spec: PeeringSpec, vpg: Vpg | undefined): string[] {
  const entries = Object.entries(vpg?.vpcPeeringConnections ?? {}).map(([id, value]) => {
    const vpcs: readonly string[] = JSON.stringify(value ?? null).match(/\bvpc-\w+/g) ?? [];
    return { id, vpcs };
  });
  const named = entries.filter(({ vpcs }) => vpcs.includes(spec.peerVpcId));
  const journal = journalOf(vpg, spec)?.split(" ");
  const nameless = entries.filter(({ id, vpcs }) => vpcs.length === 0 && isOurs(journal, id));
  return (named.length > 0 ? named : nameless).map(({ id }) => id);
}

function isOurs(journal: readonly string[] | undefined, id: string): boolean {
  if (journal === undefined) return false;
  return journal[0] === makingMark ? !journal.includes(id) : journal[0] === id;
}

function peeringIds(vpg: Vpg | undefined): string[] {
  return vpg && isLive(vpg) ? Object.keys(vpg.vpcPeeringConnections ?? {}) : [];
}

function journalTag(spec: PeeringSpec): string {
  return `canal-ftp-peering-${spec.peerVpcId}`;
}

function journalOf(vpg: Vpg | undefined, spec: PeeringSpec): string | undefined {
  return vpg && isLive(vpg) ? vpg.tags?.[journalTag(spec)] : undefined;
}

async function writeJournal(job: Job, spec: PeeringSpec, entry: string): Promise<void> {
  await job.soracom.putVpgTags(spec.vpgId, { [journalTag(spec)]: entry });
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
