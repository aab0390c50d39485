import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { usageError } from "../core/errors";
import type { DeployRoleOptions } from "./deploy-role";

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .option("--account <id>", "AWS account (default: that of aws:allowedAccountIds, else any)")
    .option("--write", "write docs/deploy-role.md instead")
    .addHelpText(
      "after",
      `
Derives the policies from the resource types that the stack's program creates; does not call AWS.

Examples:
  canal-ftp deploy-role --stack prod
  canal-ftp deploy-role --stack prod --json > policies.json
  canal-ftp deploy-role --write`,
    )
    .action(async (options: DeployRoleOptions) => {
      if (options.account !== undefined && !/^\d{12}$/.test(options.account)) {
        throw usageError(`--account: "${options.account}" given; allowed: twelve digits.`);
      }
      end(await (await import("./deploy-role")).deployRole(options, context));
    });
};
