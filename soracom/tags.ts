import { ownerTag } from "./owner";

type Tags = Readonly<Record<string, string>>;

/** The tag SORACOM's console shows as the name. */
const nameTag = "name";

/** All tags a VPG or group is to have. Ours go last: a spec cannot take the owner tag away. */
export function wantedTags(spec: { owner: string; name: string; tags?: Tags }): Tags {
  return { ...spec.tags, [nameTag]: spec.name, [ownerTag]: spec.owner };
}

/**
 * What to change so that the tags in `wanted` are set and those we set before (`before`: their names)
 * and no longer want are gone. Tags of others are left alone.
 */
export function tagChanges(
  wanted: Tags,
  live: Tags,
  before: readonly string[],
): { put: Tags; remove: string[] } {
  return {
    put: Object.fromEntries(Object.entries(wanted).filter(([name, value]) => live[name] !== value)),
    remove: before.filter((name) => !(name in wanted) && name in live),
  };
}
