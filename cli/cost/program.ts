import { Option } from "commander";

import { describe, numberFrom, runCommandLine } from "../core/command-line";
import { misuse } from "../core/failure";
import type { Surroundings } from "../core/surroundings";
import { stacksOf } from "../../lib/stack/stack-config";
import type { CostOptions } from "./cost";
import { usualUsage } from "./priced-stack";

/** Carries out `npm run cost -- …`; resolves with the exit code. */
export function runCost(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = describe(
    "npm run cost --",
    "Counts what a stack's month costs, from the resources its program makes. Nothing is asked of AWS or SORACOM.",
    `Examples:
  npm run cost -- --stack prod
  npm run cost -- --stack prod --logins 1440000 --files 1440000 --stored 500 --transferred 200
  npm run cost -- --items                 # every item with its formula, price and source

Amounts "to check" are list prices that nobody has compared with their page; docs/costs.md says more.

Exit codes: 0 counted; 1 the program or the price file cannot be used; 2 wrong use.`,
  );
  const amount = numberFrom(0, 1e12, false);
  return runCommandLine(program, argv, surroundings, (command, end) => {
    command
      .addOption(
        new Option("--stack <name>", "stack to count").choices(stacksOf(surroundings.root)),
      )
      .option("--logins <count>", "logins a day", amount, usualUsage.loginsPerDay)
      .option("--files <count>", "files a day", amount, usualUsage.filesPerDay)
      .option("--stored <GB>", "GB kept, old versions included", amount, usualUsage.storedGb)
      .option("--transferred <GB>", "GB moved a month", amount, usualUsage.transferredGb)
      .option(
        "--remembered <share>",
        "share of logins that the function remembers",
        numberFrom(0, 1, false),
        usualUsage.remembered,
      )
      .option("--prices <file>", "another price file than cli/cost/price-list.json")
      .option("--items", "print every item and price instead", false)
      .option("--json", "print one JSON document on standard output", false)
      .action(async (options: CostOptions) => {
        if (!options.items && options.stack === undefined) {
          throw misuse("Say which stack is meant: --stack NAME.");
        }
        end(await (await import("./cost")).cost(options, surroundings));
      });
  });
}
