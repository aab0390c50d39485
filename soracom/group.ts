import { ensureGivenGroup, releaseGivenGroup } from "./given-group";
import { Job, findOrCreate, removeAndWait } from "./job";
import { emptyGroup } from "./sims";
import { Group } from "./soracom-api";
import { GroupResult, GroupSpec } from "./spec";
import { tagChanges, wantedTags } from "./tags";

/**
 * Ensures exactly one SIM group for the spec's owner, with its VPG, resolvers and tags; or sets the VPG of the
 * existing one that the spec names.
 */
export async function ensureGroup(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<GroupResult> {
  if (spec.groupId !== undefined) return ensureGivenGroup(job, spec, spec.groupId);
  const group = await findOrCreate(
    job,
    `group "${spec.name}"`,
    async () => (await ownGroups(job, spec, previous))[0],
    () =>
      job.soracom.createGroup({
        tags: wantedTags(spec),
        configuration: { SoracomAir: wantedConfig(spec) },
      }),
  );
  const config = changedConfig(spec, group.configuration?.SoracomAir ?? {});
  if (Object.keys(config).length > 0) await job.soracom.putAirConfig(group.groupId, config);
  const tags = tagChanges(wantedTags(spec), group.tags ?? {}, previous?.tagNames ?? []);
  if (Object.keys(tags.put).length > 0) await job.soracom.putGroupTags(group.groupId, tags.put);
  for (const name of tags.remove) await removeGroupTag(job, group.groupId, name);
  for (const other of await ownGroups(job, spec, previous)) {
    if (other.groupId !== group.groupId) await removeDuplicate(job, other, group.groupId);
  }
  return {
    groupId: group.groupId,
    vpgId: spec.vpgId,
    adopted: false,
    tagNames: Object.keys(wantedTags(spec)),
  };
}

/**
 * Deletes the owner's groups and waits until they no longer exist. SIMs that were added by other means first return
 * to their previous groups, because SORACOM refuses to delete a group with SIMs, and the VPG would then stay and be
 * billed. A group that existed before the stack stays, with its former VPG setting.
 */
export async function removeGroup(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<object> {
  const given = spec.groupId ?? (previous?.adopted ? previous.groupId : undefined);
  if (given !== undefined) {
    await releaseGivenGroup(job, given, spec.vpgId);
    return { groupId: given, removed: false };
  }
  const groups = await ownGroups(job, spec, previous);
  for (const { groupId } of groups) await removeGroupById(job, groupId);
  return { groupId: groups[0]?.groupId ?? previous?.groupId ?? null, removed: true };
}

/** Returns the group's SIMs to their previous groups, deletes the group and waits until it no longer exists. */
export async function removeGroupById(job: Job, groupId: string): Promise<void> {
  await removeAndWait(
    job,
    `group ${groupId}`,
    async () => {
      // At every attempt, because a SIM may be listed late, and SORACOM refuses to delete a group with SIMs.
      const group = await job.soracom.findGroup(groupId);
      if (group) await emptyGroup(job, group);
      await job.soracom.deleteGroup(groupId);
    },
    async () =>
      (await job.soracom.findGroup(groupId))
        ? { gone: false, going: false, state: "listed" }
        : { gone: true },
  );
}

/** Concurrent runs, or a creation that completes late, can create a second group. */
async function removeDuplicate(job: Job, other: Group, kept: string): Promise<void> {
  const sims = await job.sims.simsInGroup(other.groupId);
  if (sims.length > 0) {
    job.control.log(
      `group ${other.groupId} was created twice and has ${sims.length} SIMs, so it stays; ${kept} is used from now on. The stack's destroy removes both.`,
    );
    return;
  }
  job.control.log(`group ${other.groupId} was created twice: ${kept} stays, this one is deleted`);
  await removeGroupById(job, other.groupId);
}

/** The owner's groups, the one to keep first: that of the last run, else the oldest. All runs choose the same one. */
async function ownGroups(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<Group[]> {
  const owned = await job.soracom.groupsOwnedBy(spec.owner);
  const recorded = previous?.adopted ? undefined : previous?.groupId;
  if (recorded !== undefined && !owned.some(({ groupId }) => groupId === recorded)) {
    // The tag was removed manually, but the last run made this group.
    const untagged = await job.soracom.findGroup(recorded);
    if (untagged) owned.push(untagged);
  }
  const rank = ({ groupId, createdTime }: Group) =>
    groupId === recorded ? -1 : (createdTime ?? Infinity);
  return owned.sort((a, b) => rank(a) - rank(b) || a.groupId.localeCompare(b.groupId));
}

function wantedConfig(spec: GroupSpec): Record<string, unknown> {
  const dns =
    spec.dnsServers === undefined ? {} : { useCustomDns: true, dnsServers: spec.dnsServers };
  return { useVpg: true, vpgId: spec.vpgId, ...dns };
}

/** The keys to set. Custom DNS that remains from an earlier spec is switched off; its list may stay. */
function changedConfig(
  spec: GroupSpec,
  live: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const off = spec.dnsServers === undefined && live.useCustomDns === true;
  const wanted = { ...wantedConfig(spec), ...(off ? { useCustomDns: false } : {}) };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => JSON.stringify(live[key]) !== JSON.stringify(value),
    ),
  );
}

function removeGroupTag(job: Job, groupId: string, name: string): Promise<void> {
  return removeAndWait(
    job,
    `tag ${name} of group ${groupId}`,
    () => job.soracom.deleteGroupTag(groupId, name),
    async () =>
      (await job.soracom.findGroup(groupId))?.tags?.[name] === undefined
        ? { gone: true }
        : { gone: false, going: false, state: "set" },
  );
}
