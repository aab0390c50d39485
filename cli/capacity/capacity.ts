import * as fs from "node:fs";

import type { CliContext } from "../core/context";
import { usageError, UserError } from "../core/errors";
import { Output } from "../core/output";
import { readPrices } from "../cost/prices";
import type { Fleet } from "./fleet";
import { needsOf } from "./needs";
import { capacitySvg } from "./plot";
import { capacityDocument, capacityLines, duration } from "./report";
import { simulate } from "./simulation";

/** Options of `canal-ftp capacity`. */
export interface CapacityOptions extends Fleet {
  readonly plot?: string;
  readonly prices?: string;
  readonly json?: boolean;
}

/**
 * Prints how many of a fleet's transfers meet, what share is refused and what helps, and draws it.
 *
 * @throws UserError for a spread longer than the interval, and for files that cannot be read or written
 */
export function capacity(options: CapacityOptions, context: CliContext): void {
  const { devices, every, seconds, spread, addresses, plot, prices, json } = options;
  if (spread > every) {
    throw usageError(
      `--spread ${duration(spread)} is longer than --every ${duration(every)}: spread within the interval.`,
    );
  }
  const fleet = { devices, every, seconds, spread, addresses };
  const simulated = simulate(fleet);
  const findings = { fleet, simulated, needs: needsOf(fleet, readPrices(prices)) };
  if (plot !== undefined) {
    const title = `${devices} devices every ${duration(every)}, ${duration(seconds)} each`;
    try {
      fs.writeFileSync(plot, capacitySvg(fleet, title));
    } catch (error) {
      throw new UserError(`${plot} cannot be written: ${(error as Error).message}`);
    }
  }
  const output = new Output(context, json === true);
  output.result(capacityDocument(findings), capacityLines(findings));
}
