/** One SIM: into the group, and back to where it came from. */
import { Job, removeAndWait } from "./job";
import { Sim } from "./soracom-api";
import { SimsResult } from "./spec";

/** What is printed of a SIM once it is in the group. */
export type Attached = SimsResult["sims"][number];

/** What the last finished run printed: the group each of its SIMs goes back to. */
export type Before = ReadonlyMap<string, string | null>;

/**
 * The SIM tag that remembers the group a SIM was taken from. Setting a group silently replaces the
 * old one, so a run that is cut off right after it would otherwise have forgotten it.
 */
export const previousGroupTag = "canal-ftp-previous-group";

/**
 * Puts a SIM into the group and has it reconnect.
 *
 * @param ours - Groups that do not count as where it came from: this one, and the one it replaced.
 */
export async function attachSim(
  job: Job,
  simId: string,
  groupId: string,
  ours: readonly (string | undefined)[],
  before: Before,
): Promise<Attached> {
  const sim = await job.soracom.getSim(simId);
  const inPlace = sim.groupId === groupId;
  const elsewhere = sim.groupId && !ours.includes(sim.groupId) ? sim.groupId : undefined;
  const previousGroupId = elsewhere ?? (inPlace || before.has(simId) ? noted(sim, before) : null);
  if (!inPlace) {
    await rememberOn(job, sim, previousGroupId);
    await job.soracom.setSimGroup(simId, groupId);
  }
  // A SIM the last finished run did not have may have been moved by one that was cut off before this.
  if (!inPlace || !before.has(simId)) await job.soracom.resetSession(simId);
  return { simId, previousGroupId };
}

/** Gives a SIM that is in the group back to the group it came from, and has it reconnect. */
export async function detachSim(
  job: Job,
  sim: Sim,
  before: Before,
  groups: KnownGroups,
): Promise<void> {
  const { simId } = sim;
  const target = noted(sim, before);
  if (target !== null && (await groups.has(target))) {
    job.control.say(`SIM ${simId} goes back to group ${target}`);
    await job.soracom.setSimGroup(simId, target);
  } else {
    job.control.say(`SIM ${simId} leaves the group`);
    await job.soracom.unsetSimGroup(simId);
  }
  await job.soracom.resetSession(simId);
  if (sim.tags?.[previousGroupTag] !== undefined) await forgetOn(job, simId);
}

/**
 * Does what a run that was cut off after moving the SIM out of the group left undone. Whether there was
 * such a SIM.
 */
export async function finishDetaching(job: Job, groupId: string, simId: string): Promise<boolean> {
  const sim = await job.soracom.findSim(simId);
  if (!sim) return false;
  const session = sim.sessionStatus;
  if (session?.online && session.vpgId !== undefined) {
    const group = await job.soracom.findGroup(groupId);
    // Its session may still be in the group's VPG.
    if (group?.configuration?.SoracomAir?.vpgId === session.vpgId) {
      await job.soracom.resetSession(simId);
    }
  }
  if (sim.tags?.[previousGroupTag] !== undefined) await forgetOn(job, simId);
  return true;
}

/** Whether groups exist, each asked for once. */
export class KnownGroups {
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(private readonly job: Job) {}

  has(groupId: string): Promise<boolean> {
    const known = this.asked.get(groupId) ?? this.ask(groupId);
    this.asked.set(groupId, known);
    return known;
  }

  private async ask(groupId: string): Promise<boolean> {
    try {
      return (await this.job.soracom.findGroup(groupId)) !== undefined;
    } catch (error) {
      // The next SIM asks again.
      this.asked.delete(groupId);
      throw error;
    }
  }
}

/** The group the SIM came from: as the last run printed it, else as its tag says. */
function noted(sim: Sim, before: Before): string | null {
  const printed = before.get(sim.simId);
  return printed === undefined ? (sim.tags?.[previousGroupTag] ?? null) : printed;
}

async function rememberOn(job: Job, sim: Sim, previousGroupId: string | null): Promise<void> {
  if (sim.tags?.[previousGroupTag] === (previousGroupId ?? undefined)) return;
  if (previousGroupId === null) await forgetOn(job, sim.simId);
  else await job.soracom.putSimTags(sim.simId, { [previousGroupTag]: previousGroupId });
}

function forgetOn(job: Job, simId: string): Promise<void> {
  return removeAndWait(
    job,
    `tag ${previousGroupTag} of SIM ${simId}`,
    () => job.soracom.deleteSimTag(simId, previousGroupTag),
    async () =>
      (await job.soracom.getSim(simId)).tags?.[previousGroupTag] === undefined
        ? { gone: true }
        : { gone: false, going: false, state: "set" },
  );
}
