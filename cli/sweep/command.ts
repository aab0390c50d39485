import { Option } from "commander";

import type { Coverage } from "../../soracom/spec";
import type { DefineCommand } from "../core/command";

interface Options {
  readonly owner?: string;
  readonly coverage: Coverage;
  readonly yes?: boolean;
}

export const define: DefineCommand = (command, context, end) => {
  command
    .option("--owner <id>", "the owner id, as canal-ftp status --owner lists it")
    .addOption(
      new Option("--coverage <name>", "SORACOM coverage").choices(["jp", "g"]).default("jp"),
    )
    .option("--yes", "remove without confirmation")
    .addHelpText(
      "after",
      `
Returns SIMs to their previous groups, deletes the group and the peerings, terminates the VPG, and waits
until they no longer exist. Use it for a stack whose state was lost; otherwise use pulumi destroy.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Examples:
  canal-ftp status --owner canal-ftp/dev
  canal-ftp sweep --owner canal-ftp/dev/k3j9x2ab4m`,
    )
    .action(async (options: Options) =>
      end(await (await import("./sweep")).sweepOwner(options, context)),
    );
};
