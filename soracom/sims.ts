import { Progress } from "../lib/progress";
import { BatchResult, defaultParallel, eachSim } from "./each-sim";
import { DriverError } from "./errors";
import { Job } from "./job";
import { LostSettings } from "./lost-settings";
import { checkStop } from "./run-control";
import {
  AttachedSim,
  PreviousGroups,
  GroupCache,
  GroupMembers,
  attachSim,
  detachSim,
  finishDetaching,
  previousGroupTag,
} from "./sim";
import { Group, Sim } from "./soracom-api";
import { SimsResult, SimsSpec } from "./spec";

/** The most SIMs that an error names. */
const maxNamed = 20;

/** The group with its SIMs. Throws a DriverError when SORACOM has no group with this id. */
export async function readMembers({ sims }: Job, groupId: string): Promise<GroupMembers> {
  const group = await sims.findGroup(groupId);
  if (!group) {
    throw new DriverError(
      `SORACOM has no group ${groupId}: check the coverage, or create the group with pulumi up.`,
    );
  }
  const members = await sims.simsInGroup(groupId);
  return { group, sims: new Map(members.map((sim) => [sim.simId, sim])) };
}

/** Puts the spec's SIMs into the group, and returns SIMs that are no longer in the spec to their previous groups. */
export async function attachSims(
  job: Job,
  spec: SimsSpec,
  previous?: Partial<SimsResult>,
): Promise<SimsResult> {
  const before = previousGroupsOf(previous);
  const members = await readMembers(job, spec.groupId);
  // Includes the replaced group, which is not a previous group of its SIMs.
  const stackGroups = [spec.groupId, previous?.groupId];
  const attached = new Map<string, AttachedSim>();
  const lost = new LostSettings(job);
  await forAllSims(job, "attached", spec.simIds, async (simId) => {
    attached.set(simId, await attachSim(job, members, simId, stackGroups, before, lost));
  });
  const gone = [...before.keys()].filter((simId) => !attached.has(simId));
  await returnSims(job, previous?.groupId ?? spec.groupId, gone, before);
  return {
    groupId: spec.groupId,
    simsFrom: byPreviousGroup(spec.simIds.map((simId) => attached.get(simId)!)),
  };
}

/** Returns every SIM that the driver added to the group to its previous group. */
export async function detachSims(
  job: Job,
  spec: SimsSpec,
  previous?: Partial<SimsResult>,
): Promise<object> {
  const before = previousGroupsOf(previous);
  const simIds = new Set([...before.keys(), ...spec.simIds]);
  await returnSims(job, previous?.groupId ?? spec.groupId, [...simIds], before);
  return { groupId: spec.groupId, simsFrom: {} };
}

/**
 * Returns every SIM of the group, also manually added ones, to its previous group. When a run is killed between moving
 * a SIM and resetting its session, the next run does not know that SIM: it reconnects when the VPG is terminated.
 */
export async function emptyGroup(job: Job, group: Group): Promise<void> {
  await returnMembers(job, group, await job.sims.simsInGroup(group.groupId));
}

/** Returns the SIMs that were attached to a given group; those that were in it from the start stay. */
export async function returnAttached(job: Job, group: Group): Promise<void> {
  const members = await job.sims.simsInGroup(group.groupId);
  await returnMembers(
    job,
    group,
    members.filter(({ tags }) => tags?.[previousGroupTag] !== undefined),
  );
}

async function returnMembers(job: Job, group: Group, members: readonly Sim[]): Promise<void> {
  const groups = new GroupCache(job);
  const sims = new Map(members.map((sim) => [sim.simId, sim]));
  await forAllSims(job, "returned", [...sims.keys()], (simId) =>
    detachSim(job, group, sims.get(simId)!, new Map(), groups),
  );
}

/** Returns the SIMs that are still in the group; a SIM that was moved or terminated since is not changed. */
async function returnSims(
  job: Job,
  groupId: string,
  simIds: readonly string[],
  before: PreviousGroups,
): Promise<void> {
  if (simIds.length === 0) return;
  const group = await job.sims.findGroup(groupId);
  const inGroup = group ? await job.sims.simsInGroup(groupId) : [];
  const sims = new Map(inGroup.map((sim) => [sim.simId, sim]));
  const groups = new GroupCache(job);
  await forAllSims(job, "returned", simIds, (simId) => {
    const sim = sims.get(simId);
    return sim && group
      ? detachSim(job, group, sim, before, groups)
      : finishDetaching(job, group, simId);
  });
}

/** Acts on all SIMs and prints progress. After all are done, throws a DriverError that names those that failed. */
async function forAllSims(
  job: Job,
  verb: string,
  simIds: readonly string[],
  act: (simId: string) => Promise<unknown>,
): Promise<void> {
  const { clock, log } = job.control;
  const print = { errorIsTerminal: false, error: (text: string) => log(text.trimEnd()) };
  const progress = new Progress(verb, print, () => clock.now());
  const state = (result: BatchResult) => ({ ...result, failed: result.failed.length });
  const result = await eachSim(simIds, act, defaultParallel, (soFar) =>
    progress.report(state(soFar)),
  );
  progress.finish(state(result));
  const { total, done, failed, stopped } = result;
  if (stopped === undefined && failed.length === 0) return;
  checkStop(job.control);
  const named = failed.slice(0, maxNamed).map(({ simId, reason }) => `  SIM ${simId}: ${reason}`);
  const unnamed = failed.length - named.length;
  throw new DriverError(
    [
      `${done} of ${total} SIMs ${verb}, ${failed.length} failed${stopped === undefined ? "" : `; stopped: ${stopped}`}. Run the same command again to continue.`,
      ...named,
      ...(unnamed > 0 ? [`  and ${unnamed} more`] : []),
    ].join("\n"),
  );
}

function previousGroupsOf({ simsFrom = {} }: Partial<SimsResult> = {}): PreviousGroups {
  return new Map(
    Object.entries(simsFrom).flatMap(([groupId, simIds]) =>
      simIds.map((simId) => [simId, groupId || null] as const),
    ),
  );
}

function byPreviousGroup(sims: readonly AttachedSim[]): Record<string, string[]> {
  const simsFrom: Record<string, string[]> = {};
  for (const { simId, previousGroupId } of sims) {
    (simsFrom[previousGroupId ?? ""] ??= []).push(simId);
  }
  return simsFrom;
}
