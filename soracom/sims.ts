import { Job, PATIENCE_SECONDS, removeAndWait } from "./job";
import { Sim } from "./soracom-api";
import { SimsResult, SimsSpec } from "./spec";

type Attached = SimsResult["sims"][number];

/**
 * The SIM tag that remembers the group a SIM was taken from. Setting a group silently replaces the
 * old one, so a run that is cut off right after it would otherwise have forgotten it.
 */
const PREVIOUS_GROUP_TAG = "canal-ftp-previous-group";

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
    job.pace.say(`SIM ${simId} (${index + 1} of ${spec.simIds.length})`);
    const sim = await job.soracom.getSim(simId);
    const inPlace = sim.groupId === spec.groupId;
    const elsewhere = sim.groupId && !ours.includes(sim.groupId) ? sim.groupId : undefined;
    const previousGroupId = elsewhere ?? (inPlace || before.has(simId) ? noted(sim, before) : null);
    if (!inPlace) {
      await rememberOn(job, sim, previousGroupId);
      await job.soracom.setSimGroup(simId, spec.groupId);
    }
    // A SIM the last finished run did not have may have been moved by one that was cut off before this.
    if (!inPlace || !before.has(simId)) await job.soracom.resetSession(simId);
    sims.push({ simId, previousGroupId });
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

/** Gives back those that are still in the group; one that was moved since, or terminated, is left. */
async function giveBack(
  job: Job,
  groupId: string,
  simIds: readonly string[],
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  if (simIds.length === 0) return;
  const inGroup = new Map(
    (await job.soracom.simsInGroup(groupId)).map((sim): [string, Sim] => [sim.simId, sim]),
  );
  const exists = new Map<string, boolean>();
  for (const simId of simIds) {
    const sim = inGroup.get(simId);
    if (!sim) {
      await finishGivingBack(job, groupId, simId);
      continue;
    }
    const target = noted(sim, before);
    if (target !== null && !exists.has(target)) {
      exists.set(target, (await job.soracom.findGroup(target)) !== undefined);
    }
    if (target !== null && exists.get(target)) {
      job.pace.say(`SIM ${simId} goes back to group ${target}`);
      await job.soracom.setSimGroup(simId, target);
    } else {
      job.pace.say(`SIM ${simId} leaves the group`);
      await job.soracom.unsetSimGroup(simId);
    }
    await job.soracom.resetSession(simId);
    if (sim.tags?.[PREVIOUS_GROUP_TAG] !== undefined) await forgetOn(job, simId);
  }
}

/** Does what a run that was cut off after moving the SIM out of the group left undone. */
async function finishGivingBack(job: Job, groupId: string, simId: string): Promise<void> {
  const sim = await job.soracom.findSim(simId);
  if (!sim) return;
  const session = sim.sessionStatus;
  if (session?.online && session.vpgId !== undefined) {
    const group = await job.soracom.findGroup(groupId);
    // Its session may still be in the group's VPG.
    if (group?.configuration?.SoracomAir?.vpgId === session.vpgId) {
      await job.soracom.resetSession(simId);
    }
  }
  if (sim.tags?.[PREVIOUS_GROUP_TAG] !== undefined) await forgetOn(job, simId);
}

/** The group the SIM came from: as the last run printed it, else as its tag says. */
function noted(sim: Sim, before: ReadonlyMap<string, string | null>): string | null {
  const printed = before.get(sim.simId);
  return printed === undefined ? (sim.tags?.[PREVIOUS_GROUP_TAG] ?? null) : printed;
}

async function rememberOn(job: Job, sim: Sim, previousGroupId: string | null): Promise<void> {
  if (sim.tags?.[PREVIOUS_GROUP_TAG] === (previousGroupId ?? undefined)) return;
  if (previousGroupId === null) await forgetOn(job, sim.simId);
  else await job.soracom.putSimTags(sim.simId, { [PREVIOUS_GROUP_TAG]: previousGroupId });
}

function forgetOn(job: Job, simId: string): Promise<void> {
  return removeAndWait(
    job,
    `tag ${PREVIOUS_GROUP_TAG} of SIM ${simId}`,
    PATIENCE_SECONDS,
    () => job.soracom.deleteSimTag(simId, PREVIOUS_GROUP_TAG),
    async () =>
      (await job.soracom.getSim(simId)).tags?.[PREVIOUS_GROUP_TAG] === undefined
        ? { gone: true }
        : { gone: false, going: false, state: "set" },
  );
}

function remembered(previous?: Partial<SimsResult>): Map<string, string | null> {
  const sims = Array.isArray(previous?.sims) ? previous.sims : [];
  return new Map(sims.map(({ simId, previousGroupId }) => [simId, previousGroupId]));
}
