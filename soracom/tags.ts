import { ownerTag } from "./owner";

type Tags = Readonly<Record<string, string>>;

/** The tag that SORACOM's console displays as the name. */
const nameTag = "name";

/** All tags of a VPG or group. The driver's own are last: a spec cannot override the owner tag. */
export function wantedTags(spec: { owner: string; name: string; tags?: Tags }): Tags {
  return { ...spec.tags, [nameTag]: spec.name, [ownerTag]: spec.owner };
}

/**
 * The changes that set the tags in `wanted` and remove those that an earlier run set (`before`: their names)
 * and that are no longer wanted. Other tags are not changed.
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
