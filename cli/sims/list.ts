import { sessionOf, sourceAddressOf, vpgOf } from "../../soracom/session";
import { taggedGroup } from "../../soracom/sim";
import { readMembers } from "../../soracom/sims";
import type { Sim } from "../../soracom/soracom-api";
import { exitCodes } from "../core/errors";
import type { CliContext } from "../core/context";
import { formatTable } from "../core/table";
import { givenSims } from "./given";
import { type TargetOptions, openTarget } from "./target";

export interface ListOptions extends TargetOptions {
  readonly file?: string;
  readonly json?: boolean;
  /** Lists only SIMs whose sessions use this address. */
  readonly gateway?: string;
}

const sessionWords = { here: "in the VPG", elsewhere: "not in the VPG", offline: "offline" };

/** Lists the SIMs of the group, or whether the given SIMs are in it. Resolves with the exit code. */
export async function listSims(
  simIds: readonly string[],
  options: ListOptions,
  context: CliContext,
): Promise<number> {
  const isGiven = simIds.length > 0 || options.file !== undefined;
  const given = isGiven ? givenSims(simIds, options.file).simIds : undefined;
  const { groupId, job, explain } = await openTarget(options, context);
  try {
    const { group, sims } = await readMembers(job, groupId);
    const behind = (simId: string) =>
      options.gateway === undefined ||
      sims.get(simId)?.sessionStatus?.gatewayPrivateIpAddress === options.gateway;
    const rows = (given ?? [...sims.keys()]).filter(behind).map((simId) => {
      const sim = sims.get(simId);
      return { simId, inGroup: sim !== undefined, ...(sim && details(sim, vpgOf(group))) };
    });
    if (options.json) {
      context.out(`${JSON.stringify({ stack: options.stack, groupId, sims: rows })}\n`);
    } else {
      const columns = ["SIM", "kind", "in the group", "session", "address", "previous group"];
      const cells = rows.map(({ simId, inGroup, kind, session, address, previousGroupId }) => [
        simId,
        kind ?? "",
        inGroup ? "yes" : "no",
        session ?? "",
        address ?? "",
        previousGroupId ?? "",
      ]);
      context.out(formatTable(columns, cells));
    }
    return rows.every(({ inGroup }) => inGroup) ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    throw explain(error);
  }
}

function details(sim: Sim, vpgId: string | undefined) {
  return {
    kind: sim.type === "virtual" ? "Arc" : "cellular",
    address: sourceAddressOf(sim) ?? null,
    session: sessionWords[sessionOf(sim, vpgId)],
    previousGroupId: taggedGroup(sim),
  };
}
