/**
 * A group that existed before the stack gets back its VPG setting when the stack is removed. So that this does not
 * depend on Pulumi's state, the setting is noted in a tag of the group before it is changed, with the owner in front:
 *
 *     canal-ftp-vpg-before = "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims true 7b5c…"
 *     canal-ftp-vpg-before = "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims unset unset"
 */
import type { Group } from "./soracom-api";

/** The tag of a given group; it also identifies such a group. */
export const groupJournalTag = "canal-ftp-vpg-before";

const unset = "unset";

/** The keys of a group's VPG setting; undefined for one that is not set. */
export interface VpgSetting {
  readonly useVpg?: boolean;
  readonly vpgId?: string;
}

/** The note on a given group. */
export interface GroupJournal {
  readonly owner: string;
  readonly before: VpgSetting;
}

/** The group's VPG setting. */
export function vpgSettingOf({ configuration }: Group): VpgSetting {
  const { useVpg, vpgId } = (configuration?.SoracomAir ?? {}) as VpgSetting;
  return { ...(useVpg !== undefined && { useVpg }), ...(vpgId !== undefined && { vpgId }) };
}

/** The note on the group; undefined when no stack was given it. */
export function groupJournal({ tags }: Group): GroupJournal | undefined {
  const entry = tags?.[groupJournalTag];
  if (entry === undefined) return undefined;
  const [owner, useVpg = unset, vpgId = unset] = entry.split(" ");
  return {
    owner,
    before: {
      ...(useVpg !== unset && { useVpg: useVpg === "true" }),
      ...(vpgId !== unset && { vpgId }),
    },
  };
}

/** The tag's value. */
export function groupJournalEntry(owner: string, { useVpg, vpgId }: VpgSetting): string {
  return [owner, useVpg ?? unset, vpgId ?? unset].join(" ");
}
