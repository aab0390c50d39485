import type { Command } from "commander";

import { addCommonOptions, describe, numberFrom, runCommandLine } from "../core/command-line";
import type { Surroundings } from "../core/surroundings";
import { type ListOptions, list } from "./list";
import { type ManyOptions, attachMany, detachMany } from "./many";

/** Carries out `npm run sims -- …`; resolves with the exit code. */
export function runSims(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = describe(
    "npm run sims --",
    "Puts many SIMs into a stack's group, or takes them out again.",
    `Examples:
  npm run sims -- attach --stack dev --file sims.csv
  npm run sims -- attach --stack dev 8981100000000000001
  npm run sims -- detach --stack dev --all          # each goes back to the group it came from
  npm run sims -- list --stack dev --json

Everything a run has to know is at SORACOM: after an interruption, the same command goes on with the rest.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Exit codes: 0 done; 1 failed; 2 wrong use; 4 some SIMs failed or are left.`,
  );
  return runCommandLine(program, argv, surroundings, (parent, end) => {
    const add = (name: string, sentence: string): Command =>
      addCommonOptions(parent.command(name), surroundings.root)
        .description(sentence)
        .argument("[SIM...]", "ids of SIMs")
        .option("--file <csv>", "more SIMs: one on each line, or a CSV with a column simId")
        .option("--group <id>", "the group, in place of the stack's output simGroupId")
        .option("--rate <number>", "calls to SORACOM in a second", numberFrom(0.1, 1000, false), 5)
        .option("--verbose", "tell of every SIM and every retry", false);
    const width = "SIMs in work at a time";

    add("attach", "Puts SIMs into the group and resets their sessions; others stay as they are.")
      .option("--parallel <number>", width, numberFrom(1, 64, true), 4)
      .action(async (simIds: string[], options: ManyOptions) =>
        end(await attachMany(simIds, options, surroundings)),
      );
    add("detach", "Gives SIMs back to the groups they came from, and resets their sessions.")
      .option("--parallel <number>", width, numberFrom(1, 64, true), 4)
      .option("--all", "every SIM of the group", false)
      .action(async (simIds: string[], options: ManyOptions) =>
        end(await detachMany(simIds, options, surroundings)),
      );
    add("list", "Tells the SIMs of the group, and whether their sessions are in its VPG.").action(
      async (simIds: string[], options: ListOptions) =>
        end(await list(simIds, options, surroundings)),
    );
  });
}
