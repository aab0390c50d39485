/** A group that existed before the stack: only its VPG setting is changed, and restored when the stack is removed. */
import { DriverError } from "./errors";
import {
  type VpgSetting,
  groupJournal,
  groupJournalEntry,
  groupJournalTag,
  vpgSettingOf,
} from "./group-journal";
import { Job, removeAndWait } from "./job";
import { Group } from "./soracom-api";
import { GroupResult, GroupSpec } from "./spec";
import { returnAttached } from "./sims";
import { isLive } from "./vpg";

/** Sends the SIMs of the given group through the VPG from their next sessions on. */
export async function ensureGivenGroup(
  job: Job,
  { owner, vpgId, coverage }: GroupSpec,
  groupId: string,
): Promise<GroupResult> {
  const group = await job.soracom.findGroup(groupId);
  if (!group) {
    throw new DriverError(
      `SORACOM has no group ${groupId} with coverage "${coverage}": check canal-ftp:simGroupId and the coverage.`,
    );
  }
  const journal = groupJournal(group);
  if (journal && journal.owner !== owner) {
    throw new DriverError(
      `Group ${groupId} is already used by ${journal.owner} (tag ${groupJournalTag}): give this stack another group, or destroy that stack first.`,
    );
  }
  const setting = vpgSettingOf(group);
  if (!journal) {
    const entry = groupJournalEntry(owner, setting);
    await job.soracom.putGroupTags(groupId, { [groupJournalTag]: entry });
  }
  if (!isSetTo(setting, { useVpg: true, vpgId })) {
    await job.soracom.putAirConfig(groupId, { useVpg: true, vpgId });
    job.control.log(
      `group ${groupId}: its SIMs use VPG ${vpgId} from their next sessions on; canal-ftp sims attach resets a session`,
    );
  }
  return { groupId, vpgId, adopted: true, tagNames: [] };
}

/** Returns the SIMs that were attached to their previous groups, and restores the group's VPG setting. */
export async function releaseGivenGroup(job: Job, groupId: string, vpgId?: string): Promise<void> {
  const group = await job.soracom.findGroup(groupId);
  const journal = group && groupJournal(group);
  if (!journal) {
    job.control.log(`group ${groupId} existed before this stack and stays`);
    return;
  }
  await returnAttached(job, group);
  await restoreSetting(job, group, journal.before, vpgId);
  await removeAndWait(
    job,
    `tag ${groupJournalTag} of group ${groupId}`,
    () => job.soracom.deleteGroupTag(groupId, groupJournalTag),
    async () => {
      const live = await job.soracom.findGroup(groupId);
      if (!live || !groupJournal(live)) return { gone: true };
      return { gone: false, going: false, state: "set" };
    },
  );
  job.control.log(`group ${groupId} existed before this stack and stays, with its former setting`);
}

/** @param vpgId - The stack's VPG, if known: a setting that was changed to another VPG since stays. */
async function restoreSetting(
  { soracom, control }: Job,
  group: Group,
  before: VpgSetting,
  vpgId: string | undefined,
): Promise<void> {
  const { groupId } = group;
  const now = vpgSettingOf(group);
  if (isSetTo(now, before)) return;
  if (vpgId !== undefined && now.vpgId !== undefined && now.vpgId !== vpgId) {
    control.log(`group ${groupId} was changed to VPG ${now.vpgId} since, which stays`);
    return;
  }
  let wanted = before;
  if (before.useVpg && before.vpgId !== undefined) {
    const vpg = await soracom.findVpg(before.vpgId);
    if (!vpg || !isLive(vpg)) {
      control.log(`group ${groupId}: its former VPG ${before.vpgId} no longer exists: set to none`);
      wanted = { useVpg: false };
    }
  }
  // Off first, so that the group never uses a VPG that it no longer names.
  await soracom.putAirConfig(groupId, { useVpg: false, ...wanted });
  for (const key of ["vpgId", "useVpg"] as const) {
    if (wanted[key] === undefined && (key === "useVpg" || now[key] !== undefined)) {
      await soracom.deleteAirConfig(groupId, key);
    }
  }
}

function isSetTo(setting: VpgSetting, wanted: VpgSetting): boolean {
  return setting.useVpg === wanted.useVpg && setting.vpgId === wanted.vpgId;
}
