import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { usageError } from "../core/errors";
import { twinFolder } from "../core/twin-folder";
import { parseDuration } from "./duration";
import { listUploads } from "./uploads";

interface Options {
  readonly stack: string;
  readonly since: number;
  readonly silent?: number | true;
  readonly twin?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

export const define: DefineCommand = (command, context, end) => {
  addJsonOption(addStackOption(command, context))
    .option("--since <duration>", "how much of the log to read", parseDuration, 30 * 86_400)
    .option("--silent [duration]", "only devices without a file for so long (1d)", parseDuration)
    .option("--twin", "the log of the twin, not of the deployed stack")
    .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
    .addHelpText(
      "after",
      `
Lists for each device in the log: its last file, the number of files and bytes, and how many uploads failed. A device
that has not uploaded anything since then has no row: compare with canal-ftp users list.

A deployed stack's log is read by a query in Athena, which bills by the data read.

Exit code 1 with --silent when a device is silent.

Examples:
  canal-ftp uploads --since 1d
  canal-ftp uploads --silent 12h --stack prod
  canal-ftp uploads --twin --json`,
    )
    .action(async ({ twin, data, silent, ...options }: Options) => {
      if (data !== undefined && !twin)
        throw usageError("--data is a folder of the twin: add --twin.");
      const folder = twin ? twinFolder(context.root, options.stack, data) : undefined;
      const length = silent === true ? 86_400 : silent;
      end(await listUploads({ ...options, data: folder, silent: length }, context));
    });
};
