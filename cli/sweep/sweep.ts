import { ownerForm } from "../../lib/soracom-owner";
import { connect } from "../../soracom/connect";
import { findOwned } from "../../soracom/owned";
import type { Coverage } from "../../soracom/spec";
import { sweep } from "../../soracom/sweep";
import type { CliContext } from "../core/context";
import { UserError, exitCodes, usageError } from "../core/errors";
import { ownedItems } from "../core/owned-table";
import { formatTable } from "../core/table";

/** Removes everything with an owner id, after a confirmation. Resolves with the exit code. */
export async function sweepOwner(
  { owner = "", coverage, yes }: { owner?: string; coverage: Coverage; yes?: boolean },
  context: CliContext,
): Promise<number> {
  if (!ownerForm.test(owner)) {
    throw usageError(
      `--owner: "${owner}" given; allowed: a whole owner id, for example canal-ftp/dev/k3j9x2ab4m. List them: npx canal-ftp status --owner ${owner || "canal-ftp"}`,
    );
  }
  const log = (line: string) => context.error(`${line}\n`);
  const { job, explain } = connect(coverage, { ...context, log });
  try {
    const items = ownedItems(await findOwned(job, owner));
    if (items.length > 0) {
      const rows = items.map(({ kind, id, state }) => [kind, id, state]);
      context.error(formatTable(["what", "id", "state"], rows));
    }
    if (!yes && items.length > 0) {
      const answer = await context.ask(`Type the owner id to remove all of it: `);
      if (answer.trim() !== owner) throw new UserError("Nothing was removed.");
    }
    const { groups, restored, peerings, vpgs } = await sweep(job, owner);
    if (restored.length > 0) {
      context.out(`Restored the former VPG setting of group ${restored.join(", ")}.\n`);
    }
    context.out(
      `Removed: ${groups.length} groups, ${peerings.length} peerings of other VPGs, ${vpgs.length} VPGs with their peerings. Nothing at SORACOM carries ${owner} any more.\n`,
    );
    return exitCodes.ok;
  } catch (error) {
    throw explain(error);
  }
}
