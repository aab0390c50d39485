import { Job, defaultTimeoutSeconds, findOrCreate, onlyOne, removeAndWait } from "./job";
import { emptyGroup } from "./sims";
import { Group, ownerTag } from "./soracom-api";
import { GroupResult, GroupSpec } from "./spec";
import { tagChanges, wantedTags } from "./tags";

/** Makes sure there is exactly one SIM group for the spec's owner, with its VPG, resolvers and tags. */
export async function ensureGroup(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<GroupResult> {
  let created = false;
  const group = await findOrCreate(
    job,
    `group "${spec.name}"`,
    () => findOwn(job, spec, previous),
    () => {
      created = true;
      return job.soracom.createGroup({
        tags: wantedTags(spec),
        configuration: { SoracomAir: wantedConfig(spec) },
      });
    },
  );
  const config = changedConfig(spec, group.configuration?.SoracomAir ?? {});
  if (Object.keys(config).length > 0) await job.soracom.putAirConfig(group.groupId, config);
  const tags = tagChanges(wantedTags(spec), group.tags ?? {}, previous?.tagNames ?? []);
  if (Object.keys(tags.put).length > 0) await job.soracom.putGroupTags(group.groupId, tags.put);
  for (const name of tags.remove) await removeGroupTag(job, group.groupId, name);
  // A creation whose call failed can have been carried out later than we looked for it.
  if (created) await findOwn(job, spec, previous);
  return {
    groupId: group.groupId,
    vpgId: spec.vpgId,
    tagNames: Object.keys(wantedTags(spec)),
  };
}

/**
 * Deletes the owner's group and waits until it is gone. SIMs that were put there by other means are
 * given back first: a group with SIMs may not be deleted, and then the VPG would stay and bill.
 */
export async function removeGroup(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<object> {
  const group = await findOwn(job, spec, previous);
  if (group) {
    await emptyGroup(job, group.groupId);
    await removeAndWait(
      job,
      `group ${group.groupId}`,
      spec.timeoutSeconds ?? defaultTimeoutSeconds,
      () => job.soracom.deleteGroup(group.groupId),
      async () =>
        (await job.soracom.findGroup(group.groupId))
          ? { gone: false, going: false, state: "listed" }
          : { gone: true },
    );
  }
  return { groupId: group?.groupId ?? previous?.groupId ?? null, removed: true };
}

async function findOwn(
  job: Job,
  spec: GroupSpec,
  previous?: Partial<GroupResult>,
): Promise<Group | undefined> {
  const owned = await job.soracom.groupsOwnedBy(spec.owner);
  const one = onlyOne(`groups with the tag ${ownerTag}`, spec.owner, owned, (g) => g.groupId);
  if (one || previous?.groupId === undefined) return one;
  // The tag was taken off by hand, but the last run made this group: it is ours still.
  return job.soracom.findGroup(previous.groupId);
}

function wantedConfig(spec: GroupSpec): Record<string, unknown> {
  const dns =
    spec.dnsServers === undefined ? {} : { useCustomDns: true, dnsServers: spec.dnsServers };
  return { useVpg: true, vpgId: spec.vpgId, ...dns };
}

/** The keys to set. Custom DNS left over from an earlier spec is switched off; its list may stay. */
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
    defaultTimeoutSeconds,
    () => job.soracom.deleteGroupTag(groupId, name),
    async () =>
      (await job.soracom.findGroup(groupId))?.tags?.[name] === undefined
        ? { gone: true }
        : { gone: false, going: false, state: "set" },
  );
}
