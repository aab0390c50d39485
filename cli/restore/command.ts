import { InvalidArgumentError } from "commander";

import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { usageError } from "../core/errors";
import { twinFolder } from "../core/twin-folder";
import { restoreFiles, type RestoreFilesOptions } from "./files";

type Options = RestoreFilesOptions & { readonly twin?: boolean };

const examples = `
Examples:
  canal-ftp restore files --user camera01 --at 2026-11-26T14:05Z
  canal-ftp restore files --user camera01 --path 2026/11/ --at 2026-11-26T14:05+09:00 --yes`;

export const define: DefineCommand = (command, context, end) => {
  command.addHelpText("after", examples);
  const files = command.command("files").description("Bring a user's files back to a time.");
  addJsonOption(addStackOption(files, context))
    .requiredOption("--user <name>", "whose files")
    .option("--path <path>", "a folder or file of the user's home (default: all)")
    .requiredOption("--at <time>", "the time, such as 2026-11-26T14:05Z", (text) => timeOf(text))
    .option("--yes", "restore; without it only the plan is printed")
    .option("--twin", "the running twin's files, not those of the deployed stack")
    .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
    .addHelpText(
      "after",
      `
Copies the version that each file had at the time over what has its name now, which becomes an older version. Files
that did not exist at the time stay. An interrupted restore goes on when the same command is run again.

Older versions are kept for canal-ftp:oldVersionDays.
${examples}`,
    )
    .action(async ({ twin, data, ...options }: Options) => {
      if (data !== undefined && !twin)
        throw usageError("--data is a folder of the twin: add --twin.");
      const folder = twin ? twinFolder(context.root, options.stack, data) : undefined;
      end(await restoreFiles({ ...options, data: folder }, context));
    });
};

/** Without a zone a time would mean another on each machine. A time of minutes is the end of that minute's first second. */
function timeOf(text: string): number {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
  const time = Date.parse(text);
  if (form.test(text) && !Number.isNaN(time)) return time;
  throw new InvalidArgumentError(
    "A time with its zone, such as 2026-11-26T14:05Z or 2026-11-26T23:05+09:00.",
  );
}
