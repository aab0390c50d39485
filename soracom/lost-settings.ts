/**
 * A SIM is in one group, and has the settings of that group only: one that joins another group loses those of Beam,
 * Funnel, Harvest and so on, and those of Air, that its previous group has.
 */
import type { Job } from "./job";
import type { Group } from "./soracom-api";

/** Settings of Air that the stack's group has for its own devices. */
const ownKeys = ["useVpg", "vpgId", "useCustomDns", "dnsServers"];

/**
 * The settings that a SIM loses when it leaves the group, a text for each service, for example
 * `SoracomAir: metadata, userdata`. A setting that is switched off is not lost.
 */
export function settingsOf({ configuration = {} }: Group): string[] {
  return Object.entries(configuration).flatMap(([service, values]) => {
    const keys = Object.entries(values ?? {})
      .filter(([key, value]) => !(service === "SoracomAir" && ownKeys.includes(key)) && isOn(value))
      .map(([key]) => key);
    const isOff = values?.enabled === false;
    return keys.length > 0 && !isOff ? [`${service}: ${keys.join(", ")}`] : [];
  });
}

function isOn(value: unknown): boolean {
  if (value === null || value === false) return false;
  return (value as { enabled?: unknown }).enabled !== false;
}

/** What a SIM of the group loses, and how to keep it; undefined when it loses nothing. */
export function lossOf(group: Group): string | undefined {
  const settings = settingsOf(group);
  if (settings.length === 0) return undefined;
  const name = group.tags?.name === undefined ? "" : ` (${group.tags.name})`;
  return `a SIM that leaves group ${group.groupId}${name} loses its settings of ${settings.join("; ")}. Set the same in the new group, or keep that group and use it: canal-ftp:simGroupId ${group.groupId}`;
}

/** Reports the loss for each previous group, once. */
export class LostSettings {
  private readonly reported = new Map<string, Promise<void>>();

  constructor(
    private readonly job: Job,
    private readonly print = job.control.log,
  ) {}

  /** Resolves when it is reported, so that no SIM is moved before. */
  report(groupId: string): Promise<void> {
    const known = this.reported.get(groupId) ?? this.read(groupId);
    this.reported.set(groupId, known);
    return known;
  }

  private async read(groupId: string): Promise<void> {
    try {
      const group = await this.job.sims.findGroup(groupId);
      const loss = group && lossOf(group);
      if (loss !== undefined) this.print(loss);
    } catch (error) {
      // The next SIM requests it again.
      this.reported.delete(groupId);
      throw error;
    }
  }
}
