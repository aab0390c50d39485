import { Option } from "commander";

import type { Coverage } from "../../soracom/spec";
import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";

interface Options {
  readonly stack: string;
  readonly owner?: string;
  readonly coverage: Coverage;
  readonly json?: boolean;
}

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .option(
      "--owner <id>",
      "instead of a stack: list the items with this owner id, or with one that starts with it",
    )
    .addOption(
      new Option("--coverage <name>", "with --owner: SORACOM coverage")
        .choices(["jp", "g"])
        .default("jp"),
    )
    .addHelpText(
      "after",
      `
Reads SORACOM and AWS, and changes nothing.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Examples:
  canal-ftp status --stack prod
  canal-ftp status --stack prod --json
  canal-ftp status --owner canal-ftp/dev`,
    )
    .action(async (options: Options) =>
      // Loaded on use: it checks configurations with the program's own rules, which loads Pulumi.
      end(
        options.owner === undefined
          ? await (await import("./status")).status(options, context)
          : await (
              await import("./owner")
            ).statusOfOwner({ ...options, owner: options.owner }, context),
      ),
    );
};
