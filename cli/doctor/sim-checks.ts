import pLimit from "p-limit";

import { defaultParallel } from "../../soracom/each-sim";
import { groupJournal } from "../../soracom/group-journal";
import type { Job } from "../../soracom/job";
import { lossOf } from "../../soracom/lost-settings";
import type { Sim } from "../../soracom/soracom-api";
import type { Finding } from "../core/findings";
import type { PlannedSite } from "./site";

/** SIMs that are read, so that a large list does not take minutes. */
const mostRead = 200;

/** The given group exists and is not used by another stack; the configured SIMs exist, and what they lose by moving. */
export async function checkSims(job: Job, site: PlannedSite): Promise<Finding[]> {
  const { simIds = [], simGroupId } = site.config.canal ?? {};
  const ofGroup = simGroupId === undefined ? [] : [await checkGivenGroup(job, site, simGroupId)];
  if (simIds.length === 0) return ofGroup;
  const limit = pLimit(defaultParallel);
  const read = simIds.slice(0, mostRead);
  const sims = await limit.map(read, async (simId) => ({
    simId,
    sim: await job.sims.findSim(simId),
  }));
  const unknown = sims.filter(({ sim }) => !sim).map(({ simId }) => simId);
  const target = simGroupId ?? site.outputs?.simGroupId;
  const known = sims.flatMap(({ sim }) => sim ?? []);
  return [
    ...ofGroup,
    checkKnown(simIds.length, read.length, unknown),
    ...(await losses(job, known, target)),
  ];
}

function checkKnown(given: number, read: number, unknown: readonly string[]): Finding {
  const check = "SIMs of the configuration";
  const of = read < given ? `the first ${read} of ${given}` : `${given}`;
  if (unknown.length === 0) return { check, state: "ok", found: `${of} exist` };
  const found = `SORACOM does not have ${unknown.join(", ")}`;
  const remedy =
    "Check the ids, and that the SIMs belong to the operator and the coverage of the key.";
  return { check, state: "failed", found, expected: `${of} exist`, remedy };
}

/** What SIMs lose when they leave their groups: one finding for each group. */
async function losses(
  job: Job,
  sims: readonly Sim[],
  target: string | undefined,
): Promise<Finding[]> {
  const counts = new Map<string, number>();
  for (const { groupId } of sims) {
    if (groupId && groupId !== target) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  }
  const findings: Finding[] = [];
  for (const [groupId, count] of counts) {
    const group = await job.sims.findGroup(groupId);
    const remedy = group && lossOf(group);
    if (remedy === undefined) continue;
    const check = `group ${groupId}`;
    findings.push({ check, state: "note", found: `${count} SIMs leave it`, remedy });
  }
  return findings;
}

async function checkGivenGroup(
  { sims }: Job,
  { outputs }: PlannedSite,
  groupId: string,
): Promise<Finding> {
  const check = `group ${groupId}`;
  const group = await sims.findGroup(groupId);
  if (!group) {
    const remedy =
      "canal-ftp:simGroupId must be the id of a group of the key's operator and coverage.";
    return { check, state: "failed", found: "does not exist", remedy };
  }
  const owner = groupJournal(group)?.owner;
  const own = outputs?.soracomOwner;
  if (owner !== undefined && (own === undefined || !owner.startsWith(`${own}/`))) {
    const remedy = "A group can be used by one stack only: give this stack another group.";
    return { check, state: "failed", found: `used by ${owner}`, remedy };
  }
  return { check, state: "ok", found: "exists" };
}
