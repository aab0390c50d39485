import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .addHelpText(
      "after",
      `
Checks programs, credentials, accounts, regions, address blocks and quotas, and changes nothing.
SORACOM's key is in SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY, or a profile in SORACOM_PROFILE.

Examples:
  canal-ftp doctor --stack dev
  canal-ftp doctor --stack prod --json`,
    )
    .action(async (options: { readonly stack: string; readonly json?: boolean }) =>
      // Loaded on use: it checks configurations with the program's own rules, which loads Pulumi.
      end(await (await import("./doctor")).doctor(options, context)),
    );
};
