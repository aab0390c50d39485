import type { Job } from "../../soracom/job";
import { KnownGroups, attachSim, detachSim, finishDetaching } from "../../soracom/sim";
import type { Group, Sim } from "../../soracom/soracom-api";
import { UserError } from "../core/errors";
import { sessionOf, vpgOf } from "./session";

/** A stack's group with its SIMs: all that a run needs to know about earlier ones. */
export interface Members {
  readonly group: Group;
  readonly sims: ReadonlyMap<string, Sim>;
}

/** What remains to be done for each SIM; SIMs that are as they should be are left out. */
export type Tasks = ReadonlyMap<string, () => Promise<unknown>>;

/** @throws UserError when SORACOM has no group with this id. */
export async function readMembers({ soracom }: Job, groupId: string): Promise<Members> {
  const group = await soracom.findGroup(groupId);
  if (!group) {
    throw new UserError(
      `SORACOM has no group ${groupId}: check the coverage, or create the group with pulumi up.`,
    );
  }
  const sims = await soracom.simsInGroup(groupId);
  return { group, sims: new Map(sims.map((sim) => [sim.simId, sim])) };
}

/**
 * Moves SIMs into the group. A member whose session is elsewhere was moved by a run that was interrupted before it
 * reset the session; one that is offline uses the group from its next connection on.
 */
export function attachTasks(job: Job, { group, sims }: Members, simIds: readonly string[]): Tasks {
  const isAttached = (simId: string): boolean => {
    const sim = sims.get(simId);
    return sim !== undefined && sessionOf(sim, vpgOf(group)) !== "elsewhere";
  };
  return tasksFor(
    simIds.filter((simId) => !isAttached(simId)),
    (simId) => attachSim(job, simId, group.groupId, [group.groupId], new Map()),
  );
}

/** Returns SIMs to their previous groups. A SIM that has left may still lack the last steps of an interrupted run. */
export function detachTasks(job: Job, { group, sims }: Members, simIds: readonly string[]): Tasks {
  const groups = new KnownGroups(job);
  return tasksFor(simIds, (simId): Promise<unknown> => {
    const sim = sims.get(simId);
    return sim
      ? detachSim(job, sim, new Map(), groups)
      : finishDetaching(job, group.groupId, simId);
  });
}

function tasksFor(simIds: readonly string[], act: (simId: string) => Promise<unknown>): Tasks {
  return new Map(simIds.map((simId) => [simId, () => act(simId)]));
}
