import { InvalidArgumentError } from "commander";

import { addJsonOption, type DefineCommand, numberFrom } from "../core/command";
import { usageError } from "../core/errors";
import type { CapacityOptions } from "./capacity";

/** Maximum seconds of a transfer or an interval: a day. */
const longestSeconds = 86_400;

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

export const define: DefineCommand = (command, context) => {
  addJsonOption(command)
    .option("--devices <number>", "devices of the fleet (required)", numberFrom(1, 1e6, true))
    .option("--every <duration>", "interval between a device's transfers (required)", positive)
    .option("--seconds <seconds>", "length of a transfer, PASV to its end (required)", positive)
    .option("--spread <duration>", "devices begin at random within this time", durationOf, 0)
    .option(
      "--addresses <number>",
      "source addresses the VPC sees the fleet come from; behind a Type-F VPG those of its gateways",
      numberFrom(1, 10_000, true),
      1,
    )
    .option("--plot <file>", "SVG to write: refused transfers over the spread")
    .option("--prices <file>", "price file (default: cli/cost/price-list.json)")
    .addHelpText(
      "after",
      `
Calculates how many transfers of a fleet meet, what share is refused at nine ports a source address, and what helps.
A duration is 90s, 10m or 1h. Method and assumptions: docs/capacity.md.

Examples:
  canal-ftp capacity --devices 3000 --every 1h --seconds 20
  canal-ftp capacity --devices 3000 --every 1h --seconds 20 --spread 30m --addresses 2 --plot fleet.svg`,
    )
    .action(async (options: CapacityOptions) => {
      // Not checked by commander, which would report a missing option before a misspelt one.
      const missing = (["devices", "every", "seconds"] as const).filter(
        (name) => options[name] === undefined,
      );
      if (missing.length > 0) {
        throw usageError(`${missing.map((name) => `--${name}`).join(" and ")} must be given.`);
      }
      (await import("./capacity")).capacity(options, context);
    });
};

function durationOf(text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  const seconds = Number(amount) * units[unit];
  if (!(seconds >= 0 && seconds <= longestSeconds)) {
    throw new InvalidArgumentError("A duration of at most 24h, such as 90s, 10m or 1h.");
  }
  return seconds;
}

function positive(text: string): number {
  const seconds = durationOf(text);
  if (seconds === 0) throw new InvalidArgumentError("More than 0 seconds.");
  return seconds;
}
