import { Job } from "./job";
import { Attached, Before, KnownGroups, attachSim, detachSim, finishDetaching } from "./sim";
import { Sim } from "./soracom-api";
import { SimsResult, SimsSpec } from "./spec";

/** Puts the spec's SIMs into the group, and gives SIMs that are no longer in the spec back. */
export async function attachSims(
  job: Job,
  spec: SimsSpec,
  previous?: Partial<SimsResult>,
): Promise<SimsResult> {
  const before = remembered(previous);
  // The old group too: when the group was replaced, its SIMs do not come from it.
  const ours = [spec.groupId, previous?.groupId];
  const sims: Attached[] = [];
  for (const [index, simId] of spec.simIds.entries()) {
    job.control.say(`SIM ${simId} (${index + 1} of ${spec.simIds.length})`);
    sims.push(await attachSim(job, simId, spec.groupId, ours, before));
  }
  const gone = [...before.keys()].filter((simId) => !spec.simIds.includes(simId));
  await giveBack(job, previous?.groupId ?? spec.groupId, gone, before);
  return { groupId: spec.groupId, sims };
}

/** Gives every SIM of the group that we put there back to the group it came from. */
export async function detachSims(
  job: Job,
  spec: SimsSpec,
  previous?: Partial<SimsResult>,
): Promise<object> {
  const before = remembered(previous);
  const simIds = new Set([...before.keys(), ...spec.simIds]);
  await giveBack(job, previous?.groupId ?? spec.groupId, [...simIds], before);
  return { groupId: spec.groupId, sims: [] };
}

/**
 * Gives back every SIM that is in the group, manually added ones too. Killed between a SIM's leaving and the
 * reset of its session, the next run does not know of that SIM: it reconnects when the VPG goes.
 */
export async function emptyGroup(job: Job, groupId: string): Promise<void> {
  const groups = new KnownGroups(job);
  for (const sim of await job.soracom.simsInGroup(groupId)) {
    await detachSim(job, sim, new Map(), groups);
  }
}

/** Gives back those that are still in the group; one that was moved since, or terminated, is left. */
async function giveBack(
  job: Job,
  groupId: string,
  simIds: readonly string[],
  before: Before,
): Promise<void> {
  if (simIds.length === 0) return;
  const inGroup = new Map(
    (await job.soracom.simsInGroup(groupId)).map((sim): [string, Sim] => [sim.simId, sim]),
  );
  const groups = new KnownGroups(job);
  for (const simId of simIds) {
    const sim = inGroup.get(simId);
    if (sim) await detachSim(job, sim, before, groups);
    else await finishDetaching(job, groupId, simId);
  }
}

function remembered(previous?: Partial<SimsResult>): Before {
  const sims = Array.isArray(previous?.sims) ? previous.sims : [];
  return new Map(sims.map(({ simId, previousGroupId }) => [simId, previousGroupId]));
}
