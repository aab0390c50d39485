import type { CliContext } from "../core/context";
import { exitCodes } from "../core/errors";
import { formatTable } from "../core/table";
import { readStackConfig } from "../../lib/stack/stack-config";
import type { Usage } from "../../resources/cost-item";
import { evaluateProgram } from "../../resources/evaluate-program";
import { monthOf } from "./month";
import { readPrices } from "./prices";
import { monthDocument, monthText, priceHeads, priceTable } from "./report";

/** Options of `canal-ftp cost`. */
export interface CostOptions {
  readonly stack: string;
  readonly json?: boolean;
  readonly logins: number;
  readonly files: number;
  readonly stored: number;
  readonly transferred: number;
  readonly remembered: number;
  readonly prices?: string;
  readonly items?: boolean;
}

/** Prints the cost of a stack's month, or the price list. Resolves with the exit code. */
export async function cost(options: CostOptions, { root, out }: CliContext): Promise<number> {
  const list = readPrices(options.prices);
  if (options.items) {
    const rows = priceTable(list);
    const entries = rows.map((row) =>
      Object.fromEntries(priceHeads.map((head, i) => [head, row[i]])),
    );
    out(options.json ? `${JSON.stringify(entries)}\n` : formatTable(priceHeads, rows));
    return exitCodes.ok;
  }
  const usage: Usage = {
    loginsPerDay: options.logins,
    filesPerDay: options.files,
    storedGb: options.stored,
    transferredGb: options.transferred,
    remembered: options.remembered,
  };
  const { stack, json } = options;
  // Encrypted values are left out: no price depends on one.
  const { project, values: config } = readStackConfig(root, stack);
  const evaluated = await evaluateProgram({ root, project, stack, config, secretKeys: [] });
  const month = monthOf(evaluated, usage, list);
  if (json) out(`${JSON.stringify(monthDocument(stack, usage, month, list))}\n`);
  else out(monthText(stack, usage, month, list));
  return exitCodes.ok;
}
