/** Moves one SIM into the group, and back to its previous group. */
import { UnknownSimError } from "./errors";
import { groupJournal } from "./group-journal";
import { Job } from "./job";
import { LostSettings } from "./lost-settings";
import { sessionOf, vpgOf } from "./session";
import { Group, Sim } from "./soracom-api";

/** A SIM that is in the group, and the group it goes back to; null for none. */
export interface AttachedSim {
  readonly simId: string;
  readonly previousGroupId: string | null;
}

/** The previous group of each SIM, from the output of the last completed run. */
export type PreviousGroups = ReadonlyMap<string, string | null>;

/** A group with its SIMs. */
export interface GroupMembers {
  readonly group: Group;
  readonly sims: ReadonlyMap<string, Sim>;
}

/**
 * The SIM tag that records the previous group of a SIM. Setting a group silently replaces the old one, so without the
 * tag a run that is interrupted right after it would lose the previous group.
 */
export const previousGroupTag = "canal-ftp-previous-group";

/** The tag's value for a SIM that was in no group; needed only in a given group, where others were from the start. */
const noGroup = "none";

/** Whether the SIM is in the group, and its session, if it has one, in the group's VPG. */
export function isAttached({ group, sims }: GroupMembers, simId: string): boolean {
  const sim = sims.get(simId);
  return sim !== undefined && sessionOf(sim, vpgOf(group)) !== "elsewhere";
}

/**
 * Puts a SIM into the group and resets its session. A member whose session is elsewhere was moved by a run that was
 * interrupted before it reset the session; other members keep theirs. An offline SIM uses the group from its next
 * session on.
 *
 * @param stackGroups - The stack's groups, which are not a SIM's previous group: this one, and the one it replaced.
 * @param lost - Reports the settings of the previous group, once for each, before its first SIM is moved.
 */
export async function attachSim(
  { sims }: Job,
  members: GroupMembers,
  simId: string,
  stackGroups: readonly (string | undefined)[],
  before: PreviousGroups,
  lost: LostSettings,
): Promise<AttachedSim> {
  const member = members.sims.get(simId);
  const sim = member ?? (await sims.findSim(simId));
  if (!sim) throw new UnknownSimError(simId);
  const elsewhere = sim.groupId && !stackGroups.includes(sim.groupId) ? sim.groupId : undefined;
  const isOurs = member !== undefined || before.has(simId);
  const home = member ? homeOf(members.group) : null;
  const previousGroupId = elsewhere ?? (isOurs ? previousGroupOf(sim, before, home) : null);
  if (!member) {
    if (elsewhere !== undefined) await lost.report(elsewhere);
    await savePreviousGroup(sims, sim, previousGroupId, homeOf(members.group) !== null);
    await sims.setSimGroup(simId, members.group.groupId, true);
  }
  if (!isAttached(members, simId)) await sims.resetSession(sim);
  return { simId, previousGroupId };
}

/** Returns a SIM of the group to its previous group, and resets its session. One that was in a given group stays. */
export async function detachSim(
  { sims }: Job,
  group: Group,
  sim: Sim,
  before: PreviousGroups,
  groups: GroupCache,
): Promise<void> {
  const target = previousGroupOf(sim, before, homeOf(group));
  if (target === group.groupId) return;
  if (target !== null && (await groups.has(target))) await sims.setSimGroup(sim.simId, target);
  else await sims.unsetSimGroup(sim.simId);
  // The next run would not find the SIM in the group.
  await sims.resetSession(sim, true);
  await deletePreviousGroup(sims, sim, true);
}

/** Completes the work of a run that was interrupted after it moved the SIM out of the group. */
export async function finishDetaching(
  { sims }: Job,
  group: Group | undefined,
  simId: string,
): Promise<void> {
  const sim = await sims.findSim(simId);
  if (!sim) return;
  // Its session may still be in the group's VPG.
  const vpgId = group && vpgOf(group);
  if (vpgId !== undefined && sessionOf(sim, vpgId) === "here") await sims.resetSession(sim);
  await deletePreviousGroup(sims, sim);
}

/** Caches whether groups exist. */
export class GroupCache {
  private readonly requested = new Map<string, Promise<boolean>>();

  constructor(private readonly job: Job) {}

  has(groupId: string): Promise<boolean> {
    const known = this.requested.get(groupId) ?? this.request(groupId);
    this.requested.set(groupId, known);
    return known;
  }

  private async request(groupId: string): Promise<boolean> {
    try {
      return (await this.job.sims.findGroup(groupId)) !== undefined;
    } catch (error) {
      // The next SIM requests it again.
      this.requested.delete(groupId);
      throw error;
    }
  }
}

/** Where a member without a note comes from: from no group, but a given group may have had it from the start. */
function homeOf(group: Group): string | null {
  return groupJournal(group) ? group.groupId : null;
}

/** The SIM's previous group: from the last run's output, else from its tag, else its home. */
function previousGroupOf(sim: Sim, before: PreviousGroups, home: string | null): string | null {
  const printed = before.get(sim.simId);
  if (printed !== undefined) return printed;
  return taggedGroup(sim) ?? (sim.tags?.[previousGroupTag] === noGroup ? null : home);
}

/** The group in the SIM's tag; null for none. */
export function taggedGroup({ tags }: Sim): string | null {
  const tag = tags?.[previousGroupTag] ?? noGroup;
  return tag === noGroup ? null : tag;
}

async function savePreviousGroup(
  sims: Job["sims"],
  sim: Sim,
  previousGroupId: string | null,
  inGivenGroup: boolean,
) {
  const entry = previousGroupId ?? (inGivenGroup ? noGroup : undefined);
  if (entry === undefined) await deletePreviousGroup(sims, sim);
  else if (sim.tags?.[previousGroupTag] !== entry) {
    await sims.putSimTags(sim.simId, { [previousGroupTag]: entry });
  }
}

async function deletePreviousGroup(sims: Job["sims"], { simId, tags }: Sim, isCompletion = false) {
  if (tags?.[previousGroupTag] === undefined) return;
  await sims.deleteSimTag(simId, previousGroupTag, isCompletion);
}
