import type { Job } from "../../soracom/job";
import { KnownGroups, attachSim, detachSim, finishDetaching } from "../../soracom/sim";
import type { Group, Sim } from "../../soracom/soracom-api";
import { UserError } from "../core/errors";

/** The group of a stack with the SIMs that are in it: all that a run has to know of earlier ones. */
export interface Members {
  readonly group: Group;
  readonly sims: ReadonlyMap<string, Sim>;
}

/** Reads the group. Throws a UserError when SORACOM has none with this id. */
export async function readMembers({ soracom }: Job, groupId: string): Promise<Members> {
  const group = await soracom.findGroup(groupId);
  if (!group) {
    throw new UserError(
      `SORACOM has no group ${groupId}: check the coverage, or run pulumi up to make it.`,
    );
  }
  const sims = await soracom.simsInGroup(groupId);
  return { group, sims: new Map(sims.map((sim) => [sim.simId, sim])) };
}

/** The VPG that the group's SIMs go through. */
export function vpgOf({ configuration }: Group): unknown {
  return configuration?.SoracomAir?.vpgId;
}

/** Where the session of a SIM is. */
export type Session = "here" | "elsewhere" | "offline";

export function sessionOf({ sessionStatus }: Sim, vpgId: unknown): Session {
  if (sessionStatus?.online === false) return "offline";
  return sessionStatus?.vpgId !== undefined && sessionStatus.vpgId === vpgId ? "here" : "elsewhere";
}

/** What has to be done for one SIM; undefined when nothing has. */
export type Work = (
  job: Job,
  members: Members,
  simId: string,
) => (() => Promise<unknown>) | undefined;

/**
 * Into the group. A SIM that is there with a session elsewhere was moved by a run that was cut off before it could
 * reset the session; one that is offline takes the group up when it connects.
 */
export const attach: Work = (job, { group, sims }, simId) => {
  const sim = sims.get(simId);
  if (sim && sessionOf(sim, vpgOf(group)) !== "elsewhere") return undefined;
  return () => attachSim(job, simId, group.groupId, [group.groupId], new Map());
};

/** Back to where it came from. Of a SIM that has left, a run that was cut off may have left the end undone. */
export function detach(job: Job): Work {
  const groups = new KnownGroups(job);
  return (_job, { group, sims }, simId) => {
    const sim = sims.get(simId);
    return sim
      ? () => detachSim(job, sim, new Map(), groups)
      : () => finishDetaching(job, group.groupId, simId);
  };
}
