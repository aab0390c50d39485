import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { usageError } from "../core/errors";
import type { VerifyOptions } from "./subject";

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .option("--twin", "verify the running twin")
    .option("--record <file>", "write the replies of AWS and SORACOM, and logs, masked, to a file")
    .option(
      "--replay <file>",
      "verify a file that --record has written; calls neither AWS nor SORACOM",
    )
    .option("--data <folder>", "the twin's folder (default: .twin/<stack>)")
    .addHelpText(
      "after",
      `
Makes one login, with a temporary user that it adds to the user table and removes again; all other calls only read.

Examples:
  canal-ftp verify --stack prod          # after pulumi up
  canal-ftp verify --stack prod --json
  canal-ftp verify --stack prod --record evidence.json
  canal-ftp verify --replay evidence.json
  canal-ftp verify --twin                # the same checks for the running twin`,
    )
    .action(async (options: Omit<VerifyOptions, "isStackGiven">) => {
      if (!options.twin && options.data !== undefined) {
        throw usageError("--data is the folder of a twin: add --twin.");
      }
      const [first, second] = (["twin", "record", "replay"] as const).filter(
        (name) => options[name],
      );
      if (second) throw usageError(`--${first} and --${second} exclude each other.`);
      // Loaded on use: it checks configurations with the program's own rules, which loads Pulumi.
      const isStackGiven = command.getOptionValueSource("stack") !== "default";
      end(await (await import("./verify")).verify({ ...options, isStackGiven }, context));
    });
};
