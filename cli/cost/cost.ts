import { exitCodes, UserError } from "../core/errors";
import type { CliContext } from "../core/context";
import { formatTable } from "../core/table";
import type { EvaluatedStack } from "../../lib/stack/resource";
import { readStackConfig } from "../../lib/stack/stack-config";
import { evaluateProgram } from "../../resources/evaluate-program";
import type { Usage } from "../../resources/cost-item";
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
  const list = failing(() => readPrices(options.prices));
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
  const stack = await evaluateStack(root, options.stack);
  const month = failing(() => monthOf(stack, usage, list));
  const { json } = options;
  if (json) out(`${JSON.stringify(monthDocument(stack.stack, usage, month, list))}\n`);
  else out(monthText(stack.stack, usage, month, list));
  return exitCodes.ok;
}

/** Encrypted values are left out: no price depends on one. */
async function evaluateStack(root: string, stack: string): Promise<EvaluatedStack> {
  const { project, values } = readStackConfig(root, stack);
  try {
    return await evaluateProgram({ root, project, stack, config: values, secretKeys: [] });
  } catch (error) {
    // Errors of the configuration are sentences; a fault of the program shows its stack.
    const isBug = error instanceof TypeError || error instanceof RangeError;
    const { message, stack: where } = error as Error;
    throw new UserError((isBug && where) || message);
  }
}

function failing<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}
