import { Option } from "commander";

import { describe, runCommandLine } from "../core/command-line";
import { misuse } from "../core/failure";
import type { Surroundings } from "../core/surroundings";
import { stacksOf } from "../../lib/stack/stack-config";
import type { DeployRoleOptions } from "./deploy-role";

/** Carries out `npm run deploy-role -- …`; resolves with the exit code. */
export function runDeployRole(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const program = describe(
    "npm run deploy-role --",
    "Prints the IAM policies that the role which deploys a stack needs, from the resource types its program makes. Nothing is asked of AWS.",
    `Examples:
  npm run deploy-role -- --stack prod
  npm run -s deploy-role -- --stack prod --json > policies.json
  npm run deploy-role -- --write          # renews docs/deploy-role.md

Exit codes: 0 printed; 1 the program cannot be evaluated, or the actions of a type are not known; 2 wrong usage.`,
  );
  return runCommandLine(program, argv, surroundings, (command, end) => {
    command
      .addOption(
        new Option("--stack <name>", "stack to deploy").choices(stacksOf(surroundings.root)),
      )
      .option("--account <id>", "AWS account; default: the one of aws:allowedAccountIds, else any")
      .option("--json", "print one JSON list of policies on standard output", false)
      .option("--write", "write docs/deploy-role.md instead", false)
      .action(async (options: DeployRoleOptions) => {
        if (options.account !== undefined && !/^\d{12}$/.test(options.account)) {
          throw misuse(`--account: "${options.account}" given; allowed: twelve digits.`);
        }
        if (!options.write && options.stack === undefined) {
          throw misuse("Say which stack is meant: --stack NAME.");
        }
        end(await (await import("./deploy-role")).deployRole(options, surroundings));
      });
  });
}
