import * as fs from "node:fs";
import * as os from "node:os";

import { nameWarnings, passwordWarnings } from "../../../lib/device-credentials";
import { BadCsv } from "../csv";
import { exitCodes, UserError, usageError } from "../../core/errors";
import { importUsers, type ImportState } from "../importer";
import type { Output } from "../../core/output";
import { Progress } from "../../../lib/progress";
import { PasswordFile } from "../password-file";
import type { SubcommandRegistry } from "../subcommand";
import { columns, readUserRows, type RowProblem, type UserRow } from "../user-table-file";

interface ImportOptions {
  readonly passwords?: string;
}

/** `import FILE.csv`: adds many users; existing users are not changed. */
export function registerImport({ add, run }: SubcommandRegistry): void {
  const command = add("import")
    .description("Add the users of a CSV file. Repeated after an interruption, it continues.")
    .argument("<file>", "CSV; the first line names the columns")
    .option("--passwords <file>", "file for generated passwords (mode 600)")
    .addHelpText(
      "after",
      `
Columns: ${columns.join(", ")}; only name is required.
  password  default: a generated one, in the file of --passwords
  access    read-write (default), read-only or drop-box
  until     end of access, such as 2027-03-31
  from      IPv4 blocks separated by spaces, in place of the stack's range
  mappings  further folders separated by spaces, such as /config=shared/config:read-only

Passwords are hashed on UV_THREADPOOL_SIZE threads (default: one per processor).`,
    );
  run<[string], ImportOptions>(command, async ({ site, output, context }, options, file) => {
    site.requireUsersInTable();
    const { rows, problems } = read(file);
    const generated = rows.filter(({ password }) => password === undefined).length;
    if (generated > 0 && options.passwords === undefined) {
      throw usageError(
        `${generated} users have no password: name a file for generated ones with --passwords FILE.`,
      );
    }
    warnOfDevices(rows, output);
    const started = Date.now();
    const progress = new Progress("added", context);
    const passwords =
      options.passwords === undefined ? undefined : PasswordFile.open(options.passwords);
    let state: ImportState;
    try {
      state = await importUsers(rows, site, {
        passwords,
        concurrency: 2 * os.availableParallelism(),
        stop: context.stop,
        report: (current) => progress.report(progressOf(current)),
      });
      progress.finish(progressOf(state));
    } finally {
      passwords?.close();
    }
    const failed = [...problems, ...state.failed].sort((a, b) => a.line - b.line);
    const seconds = Math.round((Date.now() - started) / 100) / 10;
    const { added, present, stopped } = state;
    const passwordsFile = generated > 0 ? { passwordsFile: options.passwords } : {};
    const document = { added, present, failed, ...(stopped ? { stopped } : {}), ...passwordsFile };
    output.result({ ...document, seconds }, summary(state, failed, seconds, options.passwords));
    return failed.length > 0 || stopped ? exitCodes.failed : exitCodes.ok;
  });
}

function read(file: string): ReturnType<typeof readUserRows> {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(
      `${file} cannot be read: ${(error as Error).message}`,
      exitCodes.failed,
      "file",
    );
  }
  try {
    return readUserRows(text);
  } catch (error) {
    if (error instanceof BadCsv)
      throw new UserError(`${file}: ${error.message}`, exitCodes.failed, "file");
    throw error;
  }
}

/** One warning for all rows: a file can have thousands. */
function warnOfDevices(rows: readonly UserRow[], output: Output): void {
  const odd = rows.filter(
    ({ name, password }) =>
      nameWarnings(name).length > 0 ||
      (password !== undefined && passwordWarnings(name, password).length > 0),
  );
  if (odd.length === 0) return;
  const first = odd.slice(0, 3).map(({ line }) => line);
  output.warn(
    `${odd.length} users have names or passwords that some devices do not accept (accepted by all: 3 to 12 of a-z 0-9 -, 8 to 15 letters and digits): line ${first.join(", ")}${odd.length > 3 ? " …" : ""}`,
  );
}

const progressOf = ({ total, added, failed }: ImportState) => ({
  total,
  done: added,
  failed: failed.length,
});

function summary(
  { added, present, stopped }: ImportState,
  failed: readonly RowProblem[],
  seconds: number,
  passwords: string | undefined,
): string[] {
  return [
    `${added} added, ${present} already in the table, ${failed.length} failed, in ${seconds} s.`,
    ...failed.map(({ line, name, reason }) => `  line ${line}: ${name}: ${reason}`),
    ...(stopped === undefined
      ? []
      : [`Stopped: ${stopped}. The same command continues with the rest.`]),
    ...(passwords === undefined ? [] : [`Generated passwords are in ${passwords}.`]),
  ];
}
