import { addCommonOptions, describe, runCommandLine } from "../core/command-line";
import type { Surroundings } from "../core/surroundings";

/** Carries out `npm run doctor -- …`; resolves with the exit code. */
export function runDoctor(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = describe(
    "npm run doctor --",
    "Checks what pulumi up needs: programs, keys, accounts, regions, address blocks, quotas.",
    `Examples:
  npm run doctor -- --stack dev
  npm run doctor -- --stack prod --json

It only looks. SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.
After pulumi up, npm run verify -- --stack NAME proves every hop.

Exit codes: 0 all there; 1 something is missing; 2 wrong use; 3 something could not be looked at.`,
  );
  return runCommandLine(program, argv, surroundings, (command, end) => {
    addCommonOptions(command, surroundings.root).action(
      async (options: { readonly stack: string; readonly json: boolean }) =>
        // Loaded when needed: it checks configurations with the program's own rules, which loads Pulumi.
        end(await (await import("./doctor")).doctor(options, surroundings)),
    );
  });
}
