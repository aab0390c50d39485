import * as os from "node:os";

import { nameWarnings, passwordWarnings } from "../../../lib/device-credentials";
import { BadCsv } from "../csv";
import { exitCodes, UserError, usageError } from "../../core/errors";
import { importUsers, isKey, type ImportState } from "../importer";
import type { Output } from "../../core/output";
import { Progress } from "../../../lib/progress";
import { PasswordFile } from "../password-file";
import { readText } from "../read-text";
import type { Site } from "../site";
import type { SubcommandRegistry } from "../subcommand";
import { columns, readUserRows, type RowProblem, type UserRow } from "../user-table-file";

interface ImportOptions {
  readonly passwords?: string;
  readonly update: boolean;
  readonly dryRun: boolean;
  readonly hashes: boolean;
  readonly reusePasswords: boolean;
  readonly encoding?: string;
  readonly force: boolean;
}

/** `import FILE.csv`: adds many users; existing users are not changed. */
export function registerImport({ add, run }: SubcommandRegistry): void {
  const command = add("import")
    .description("Add the users of a CSV file. Repeated after an interruption, it continues.")
    .argument("<file>", "CSV; the first line names the columns")
    .option("--passwords <file>", "file for generated passwords (mode 600)")
    .option(
      "--reuse-passwords",
      "use the passwords that are already in that file, after an interruption",
      false,
    )
    .option("--update", "also change existing users; fields without a column are unchanged", false)
    .option("--dry-run", "print the changes, and write nothing", false)
    .option("--hashes", "use the hashes in the column hash", false)
    .option(
      "--encoding <name>",
      "encoding of the file, such as shift_jis (default: UTF-8 or UTF-16)",
    )
    .option("--force", "accept ends of access in the past", false)
    .addHelpText(
      "after",
      `
Columns: ${columns.join(", ")}; only name is required.
  password  default: a generated one, in the file of --passwords
  access    read-write (default), read-only or drop-box
  until     end of access, such as 2027-03-31
  from      IPv4 blocks separated by spaces, in place of the stack's range; nowhere
  mappings  further folders separated by spaces, such as /config=shared/config:read-only
  note      a note of yours
  hash      with --hashes: scrypt in PHC form, or argon2 together with its password

Passwords are hashed on UV_THREADPOOL_SIZE threads (default: one per processor).`,
    );
  run<[string], ImportOptions>(command, async ({ site, output, context }, options, file) => {
    site.requireUsersInTable();
    const { rows, problems } = read(file, options);
    const { update, dryRun, hashes, reusePasswords } = options;
    const without = rows.filter(
      ({ password, hash }) => password === undefined && hash === undefined,
    );
    const generated = update ? await countMissing(without, site) : without.length;
    if (generated > 0 && options.passwords === undefined && !dryRun) {
      throw usageError(
        `${generated} users have no password: name a file for generated ones with --passwords FILE.`,
      );
    }
    warnOfDevices(rows, output);
    const started = Date.now();
    const progress = new Progress(update ? "users" : "added", context);
    const passwords =
      options.passwords === undefined || dryRun ? undefined : PasswordFile.open(options.passwords);
    let state: ImportState;
    try {
      state = await importUsers(rows, site, {
        ...{ passwords, update, dryRun, hashes, reusePasswords },
        notBefore: options.force ? 0 : context.now(),
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
    const { added, changed, present, stopped, results } = state;
    const passwordsFile = generated > 0 ? { passwordsFile: options.passwords } : {};
    const rowResults = update || dryRun ? { changed, rows: results, dryRun } : {};
    const document = {
      ...{ added, present, failed, ...rowResults },
      ...(stopped ? { stopped } : {}),
      ...passwordsFile,
    };
    output.result({ ...document, seconds }, summary(state, failed, seconds, options));
    return failed.length > 0 || stopped ? exitCodes.failed : exitCodes.ok;
  });
}

function read(file: string, { encoding, hashes }: ImportOptions): ReturnType<typeof readUserRows> {
  const text = readText(file, encoding);
  try {
    const found = readUserRows(text);
    if (hashes || found.rows.every(({ hash }) => hash === undefined)) return found;
    throw usageError("The file has hashes: add --hashes to take them.");
  } catch (error) {
    if (error instanceof BadCsv)
      throw new UserError(`${file}: ${error.message}`, exitCodes.failed, "file");
    throw error;
  }
}

/** How many of the rows have no user in the table. */
async function countMissing(rows: readonly UserRow[], site: Site): Promise<number> {
  const existing = await site.table.existing(rows.map(({ name }) => name).filter(isKey));
  return rows.filter(({ name }) => !existing.has(name)).length;
}

/** One warning for all rows, because a file can have thousands. */
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

const progressOf = ({ total, results, failed }: ImportState) => ({
  total,
  done: results.length,
  failed: failed.length,
});

function summary(
  { added, changed, present, stopped, results }: ImportState,
  failed: readonly RowProblem[],
  seconds: number,
  { update, dryRun, passwords }: ImportOptions,
): string[] {
  const rows = [
    ...results.map(({ line, name, result, changes }) => ({
      line,
      text: `  line ${line}: ${name}: ${result}${changes ? ` (${changes.join(", ")})` : ""}`,
    })),
    ...failed.map(({ line, name, reason }) => ({
      line,
      text: `  line ${line}: ${name}: ${update || dryRun ? "refused: " : ""}${reason}`,
    })),
  ].sort((a, b) => a.line - b.line);
  const shown = update || dryRun ? rows : rows.filter(({ text }) => !text.endsWith(": new"));
  const counts = update
    ? `${added} new, ${changed} changed, ${present} the same, ${failed.length} refused`
    : `${added} added, ${present} already in the table, ${failed.length} failed`;
  return [
    `${dryRun ? "Nothing is written. " : ""}${counts}, in ${seconds} s.`,
    ...shown.map(({ text }) => text),
    ...(stopped === undefined
      ? []
      : [
          `Stopped: ${stopped}. The same command continues with the rest; --reuse-passwords takes passwords that are in the file already.`,
        ]),
    ...(passwords === undefined || dryRun ? [] : [`Generated passwords are in ${passwords}.`]),
  ];
}
