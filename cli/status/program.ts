import { addCommonOptions, describe, runCommandLine } from "../core/command-line";
import { misuse } from "../core/failure";
import type { Surroundings } from "../core/surroundings";

interface Options {
  readonly stack: string;
  readonly json: boolean;
}

/** Carries out `npm run canal -- …`; resolves with the exit code. */
export function runCanal(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = describe(
    "npm run canal --",
    "Looks at the way from the devices to the FTP server: VPG, peering, routes, group and SIMs.",
    `Examples:
  npm run canal -- status --stack prod    # is everything still as the stack says?
  npm run canal -- status --stack prod --json

It only looks; npm run doctor does before pulumi up, and npm run verify at every hop after it. SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Exit codes: 0 all well; 1 something differs; 2 wrong use; 3 something could not be looked at.`,
  );
  return runCommandLine(program, argv, surroundings, (parent, end) => {
    // Loaded when needed: they check configurations with the program's own rules, which loads Pulumi.
    addCommonOptions(parent.command("status"), surroundings.root)
      .description("Compares the stack's outputs with what SORACOM and AWS say.")
      .action(async (options: Options) =>
        end(await (await import("./status")).status(options, surroundings)),
      );
    parent
      .command("doctor", { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw misuse("It is a command of its own: npm run doctor -- --stack NAME.");
      });
  });
}
