import { Option } from "commander";

import { describe, runCommandLine } from "../core/command-line";
import { misuse } from "../core/failure";
import type { Surroundings } from "../core/surroundings";
import { stacksOf } from "../../lib/stack/stack-config";
import type { VerifyOptions } from "./subject";

/** Carries out `npm run verify -- …`; resolves with the exit code. */
export function runVerify(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = describe(
    "npm run verify --",
    "Proves every hop from the SIM to the bucket, with calls that only read and one test login.",
    `Examples:
  npm run verify -- --stack prod          # after pulumi up
  npm run verify -- --stack prod --json
  npm run verify -- --twin                # the same checks of the twin that is running

The login is made with a user of its own, put into the user table and taken out again.
Credentials are those of npm run canal and npm run users.

Exit codes: 0 every hop holds; 1 a hop is broken; 2 wrong use; 3 something could not be looked at.`,
  );
  return runCommandLine(program, argv, surroundings, (command, end) => {
    command
      .addOption(
        new Option("--stack <name>", "stack to verify").choices(stacksOf(surroundings.root)),
      )
      .option("--twin", "verify the twin that is running", false)
      .option("--data <folder>", "the twin's folder (default: .twin/<stack>)")
      .option("--json", "print one JSON document on standard output", false)
      .action(async (options: VerifyOptions) => {
        if (!options.twin && options.stack === undefined) {
          throw misuse(
            "Say what to verify: --stack NAME for a deployed stack, --twin for the twin.",
          );
        }
        if (!options.twin && options.data !== undefined) {
          throw misuse("--data is a twin's folder: add --twin.");
        }
        // Loaded when needed: it checks configurations with the program's own rules, which loads Pulumi.
        end(await (await import("./verify")).verify(options, surroundings));
      });
  });
}
