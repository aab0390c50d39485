import { releaseGivenGroup } from "./given-group";
import { removeGroupById } from "./group";
import { Job, readsUntilComplete } from "./job";
import { Owned, findOwned } from "./owned";
import { ownPeerings } from "./peering-journal";
import { removePeeringById } from "./peering";
import { sleep } from "./run-control";
import { removeVpgTag, terminateVpg } from "./vpg";

/** Ids of the items that a sweep removed or restored. */
export interface SweepResult {
  readonly groups: string[];
  /** Groups that existed before, with their former VPG setting. */
  readonly restored: string[];
  readonly peerings: string[];
  readonly vpgs: string[];
}

/**
 * Removes everything that carries the owner id, in the order SORACOM requires (SIMs leave their group, group, peerings,
 * VPG), restores a group that the owner was given, and waits until it no longer exists. A creation whose process was killed can be carried out, and listed, up to
 * a minute later, so the lists are read until they have been empty for that time.
 */
export async function sweep(job: Job, owner: string): Promise<SweepResult> {
  const swept: SweepResult = { groups: [], restored: [], peerings: [], vpgs: [] };
  for (let empty = 0; ;) {
    const owned = await findOwned(job, owner);
    if (await removeOwned(job, owned, swept)) {
      empty = 0;
      continue;
    }
    if (++empty === readsUntilComplete) {
      for (const { vpg, journal } of owned.peerings)
        await removeVpgTag(job, vpg.vpgId, journal.tag);
      return swept;
    }
    if (empty === 1) job.control.log(`waiting for creations of ${owner} that may appear late`);
    await sleep(job.control, job.control.pollMs);
  }
}

/** Whether there was something to remove. */
async function removeOwned(job: Job, owned: Owned, swept: SweepResult): Promise<boolean> {
  const { groups, givenGroups, vpgs } = owned;
  for (const { groupId } of groups) {
    await removeGroupById(job, groupId);
    swept.groups.push(groupId);
  }
  for (const { groupId } of givenGroups) {
    await releaseGivenGroup(job, groupId);
    swept.restored.push(groupId);
  }
  const peerings = owned.peerings.flatMap(({ vpg, journal }) =>
    ownPeerings(vpg, journal.vpcId).map((id) => ({ vpgId: vpg.vpgId, id })),
  );
  // The journals are kept until the end, because only they identify a peering that appears late.
  for (const { vpgId, id } of peerings) {
    await removePeeringById(job, vpgId, id);
    swept.peerings.push(id);
  }
  for (const { vpgId } of vpgs) {
    await terminateVpg(job, vpgId);
    swept.vpgs.push(vpgId);
  }
  return groups.length + givenGroups.length + peerings.length + vpgs.length > 0;
}
