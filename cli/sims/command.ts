import type { Command } from "commander";

import { addJsonOption, addStackOption, type DefineCommand, numberFrom } from "../core/command";
import type { ListOptions } from "./list";
import type { MoveOptions } from "./move";

export const define: DefineCommand = (sims, context, end) => {
  sims.addHelpText(
    "after",
    `
SORACOM holds the complete state: after an interruption, the same command continues with the rest.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Examples:
  canal-ftp sims attach --stack dev --file sims.csv
  canal-ftp sims attach --stack dev 8981100000000000001
  canal-ftp sims detach --stack dev --all          # each returns to its previous group
  canal-ftp sims list --stack dev --json`,
  );
  const add = (name: string, summary: string): Command =>
    addJsonOption(addStackOption(sims.command(name), context))
      .description(summary)
      .argument("[SIM...]", "SIM ids")
      .option("--file <csv>", "more SIMs: one on each line, or a CSV with a column simId")
      .option("--group <id>", "the group, instead of the stack's output simGroupId")
      .option("--rate <number>", "requests to SORACOM per second", numberFrom(0.1, 1000, false), 10)
      .option("--verbose", "print every retry");
  const addParallel = (command: Command): Command =>
    command.option(
      "--parallel <number>",
      "SIMs in progress at the same time",
      numberFrom(1, 64, true),
      8,
    );

  addParallel(add("attach", "Adds SIMs to the group and resets their sessions.")).action(
    async (simIds: string[], options: MoveOptions) =>
      end(await (await import("./move")).attachSims(simIds, options, context)),
  );
  addParallel(add("detach", "Returns SIMs to their previous groups and resets their sessions."))
    .option("--all", "every SIM of the group")
    .action(async (simIds: string[], options: MoveOptions) =>
      end(await (await import("./move")).detachSims(simIds, options, context)),
    );
  add("list", "Lists the SIMs of the group, and whether their sessions are in its VPG.")
    .option("--gateway <address>", "only SIMs behind this address, the client's in the login log")
    .action(async (simIds: string[], options: ListOptions) =>
      end(await (await import("./list")).listSims(simIds, options, context)),
    );
};
