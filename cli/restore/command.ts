import { InvalidArgumentError } from "commander";

import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { usageError } from "../core/errors";
import { twinFolder } from "../core/twin-folder";
import { restoreFiles, type RestoreFilesOptions } from "./files";
import { restoreUsers, type RestoreUsersOptions } from "./users";

type FileOptions = RestoreFilesOptions & { readonly twin?: boolean };

const fileExamples = `
  canal-ftp restore files --user camera01 --at 2026-11-26T14:05Z
  canal-ftp restore files --user camera01 --path 2026/11/ --at 2026-11-26T14:05+09:00 --yes`;
const userExamples = `
  canal-ftp restore users --stack prod --at 2026-11-26T14:05Z
  canal-ftp restore users --stack prod --user camera01 --at 2026-11-26T14:05+09:00 --yes`;
const atWords = "the time, such as 2026-11-26T14:05Z";

export const define: DefineCommand = (command, context, end) => {
  command.addHelpText("after", `\nExamples:${fileExamples}${userExamples}`);
  defineFiles(command, context, end);
  defineUsers(command, context, end);
};

const defineFiles: DefineCommand = (command, context, end) => {
  const files = command.command("files").description("Bring a user's files back to a time.");
  addJsonOption(addStackOption(files, context))
    .requiredOption("--user <name>", "whose files")
    .option("--path <path>", "a folder or file of the user's home (default: all)")
    .requiredOption("--at <time>", atWords, timeOf)
    .option("--yes", "restore; without it only the plan is printed")
    .option("--twin", "the running twin's files, not those of the deployed stack")
    .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
    .addHelpText(
      "after",
      `
Copies the version that each file had at the time over the current file, which becomes an older version. Files
that did not exist at the time stay. An interrupted restore continues when the same command is run again.

Older versions are kept for canal-ftp:oldVersionDays.

Examples:${fileExamples}`,
    )
    .action(async ({ twin, data, ...options }: FileOptions) => {
      if (data !== undefined && !twin)
        throw usageError("--data is a folder of the twin: add --twin.");
      const folder = twin ? twinFolder(context.root, options.stack, data) : undefined;
      end(await restoreFiles({ ...options, data: folder }, context));
    });
};

const defineUsers: DefineCommand = (command, context, end) => {
  const users = command
    .command("users")
    .description("Bring users (passwords, permissions) back to a time.");
  addJsonOption(addStackOption(users, context))
    .requiredOption("--at <time>", atWords, timeOf)
    .option("--user <name...>", "only these users (default: all)")
    .option("--yes", "restore; without it only the plan is printed")
    .option("--table <name>", "the user table (default: the stack's output userTable)")
    .option("--twin", "the running twin's users, not those of the deployed stack")
    .option("--data <folder>", "the twin's data folder (default: .twin/<stack>)")
    .addHelpText(
      "after",
      `
Recovers the user table as of the time into a new table, TABLE-at-TIME, and writes the records that differ back. A user
removed since then can log in again; users added since then stay. Without --yes no user is changed, but the new table
is made, because DynamoDB has no other access to the past; --yes deletes it at the end. An interrupted restore continues
when the same command is run again.

It needs point-in-time recovery, which stacks with canal-ftp:base prod have.

Examples:${userExamples}`,
    )
    .action(async (options: RestoreUsersOptions) => {
      end(await restoreUsers(options, context));
    });
};

/** Epoch milliseconds. A time without a zone would differ between machines. */
function timeOf(text: string): number {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
  const time = Date.parse(text);
  if (form.test(text) && !Number.isNaN(time)) return time;
  throw new InvalidArgumentError(
    "A time with its zone, such as 2026-11-26T14:05Z or 2026-11-26T23:05+09:00.",
  );
}
