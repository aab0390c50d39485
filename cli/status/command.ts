import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .addHelpText(
      "after",
      `
Reads SORACOM and AWS, and changes nothing.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Examples:
  canal-ftp status --stack prod
  canal-ftp status --stack prod --json`,
    )
    .action(async (options: { readonly stack: string; readonly json?: boolean }) =>
      // Loaded on use: it checks configurations with the program's own rules, which loads Pulumi.
      end(await (await import("./status")).status(options, context)),
    );
};
