import { connect } from "../../soracom/connect";
import { findOwned } from "../../soracom/owned";
import type { Coverage } from "../../soracom/spec";
import type { CliContext } from "../core/context";
import { exitCodes } from "../core/errors";
import { ownedItems } from "../core/owned-table";
import { formatTable } from "../core/table";

/**
 * Lists the items with an owner id, or with an id that starts with it, and the commands to use when their state was
 * lost.
 */
export async function statusOfOwner(
  { owner, coverage, json }: { owner: string; coverage: Coverage; json?: boolean },
  context: CliContext,
): Promise<number> {
  const { job, explain } = connect(coverage, {
    ...context,
    log: (line) => context.error(`${line}\n`),
  });
  const items = await findOwned(job, owner).then(ownedItems, (error: unknown) => {
    throw explain(error);
  });
  if (json) context.out(`${JSON.stringify({ owner, coverage, items })}\n`);
  else if (items.length === 0) context.out(`Nothing at SORACOM carries ${owner}.\n`);
  else {
    const rows = items.map(({ owner: full, kind, id, state }) => [full, kind, id, state]);
    context.out(formatTable(["owner", "what", "id", "state"], rows));
    for (const full of new Set(items.map((item) => item.owner))) {
      context.out(
        `\nIf no stack's state has ${full} (pulumi stack output soracomOwner):\n- to take it over: pulumi config set soracomOwner ${full}, then pulumi up\n- to remove it and end its bills: npx canal-ftp sweep --owner ${full} --coverage ${coverage}\n`,
      );
    }
  }
  return exitCodes.ok;
}
