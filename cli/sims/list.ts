import { PREVIOUS_GROUP_TAG } from "../../soracom/sim";
import type { Sim } from "../../soracom/soracom-api";
import { exitCodes } from "../core/errors";
import type { CliContext } from "../core/context";
import { formatTable } from "../core/table";
import { givenSims } from "./given";
import { type TargetOptions, openTarget } from "./target";
import { readMembers, sessionOf, vpgOf } from "./work";

export interface ListOptions extends TargetOptions {
  readonly file?: string;
  readonly json?: boolean;
}

/** Tells the SIMs of the group, or of those named whether they are in it. */
export async function list(
  simIds: readonly string[],
  options: ListOptions,
  context: CliContext,
): Promise<number> {
  const isNamed = simIds.length > 0 || options.file !== undefined;
  const named = isNamed ? givenSims(simIds, options.file) : undefined;
  const { groupId, job, explain } = await openTarget(options, context);
  try {
    const { group, sims } = await readMembers(job, groupId);
    const rows = (named ?? [...sims.keys()]).map((simId) => {
      const sim = sims.get(simId);
      return { simId, inGroup: sim !== undefined, ...(sim ? details(sim, vpgOf(group)) : {}) };
    });
    if (options.json) {
      context.out(`${JSON.stringify({ stack: options.stack, groupId, sims: rows })}\n`);
    } else {
      const cells = rows.map((row) => [
        row.simId,
        row.inGroup ? "yes" : "no",
        row.session ?? "",
        row.previousGroupId ?? "",
      ]);
      context.out(formatTable(["SIM", "in the group", "session", "goes back to"], cells));
    }
    return rows.every(({ inGroup }) => inGroup) ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    throw explain(error);
  }
}

function details(sim: Sim, vpgId: unknown) {
  const session = { here: "in the VPG", elsewhere: "not in the VPG", offline: "offline" }[
    sessionOf(sim, vpgId)
  ];
  return { session, previousGroupId: sim.tags?.[PREVIOUS_GROUP_TAG] ?? null };
}
