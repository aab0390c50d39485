import { addJsonOption, addStackOption, type DefineCommand, numberFrom } from "../core/command";
import type { CostOptions } from "./cost";
import { usualUsage } from "./priced-stack";

export const define: DefineCommand = (command, context, end) => {
  const amount = numberFrom(0, 1e12, false);
  addJsonOption(addStackOption(command, context))
    .option("--logins <count>", "logins per day", amount, usualUsage.loginsPerDay)
    .option("--files <count>", "files per day", amount, usualUsage.filesPerDay)
    .option("--stored <GB>", "GB stored, including old versions", amount, usualUsage.storedGb)
    .option("--transferred <GB>", "GB transferred per month", amount, usualUsage.transferredGb)
    .option(
      "--remembered <share>",
      "share of logins that the function remembers",
      numberFrom(0, 1, false),
      usualUsage.remembered,
    )
    .option("--prices <file>", "price file (default: cli/cost/price-list.json)")
    .option("--items", "print every item with its formula, price and source instead")
    .addHelpText(
      "after",
      `
Evaluates the stack's program and computes the costs of its resources; calls neither AWS nor SORACOM.
Amounts "to check" are list prices that were not compared with their page; see docs/costs.md.

Examples:
  canal-ftp cost --stack prod
  canal-ftp cost --stack prod --logins 1440000 --files 1440000 --stored 500 --transferred 200
  canal-ftp cost --items`,
    )
    .action(async (options: CostOptions) =>
      end(await (await import("./cost")).cost(options, context)),
    );
};
