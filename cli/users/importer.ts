import pLimit from "p-limit";

import { isHashable } from "../../lambdas/identity-provider/password";
import { devicePassword } from "../../lib/device-credentials";
import { UserError } from "../core/errors";
import type { PasswordFile } from "./password-file";
import { longestPassword } from "./password-source";
import { hashOf, problemsOf, recordOf } from "./records";
import type { Site } from "./site";
import type { RowProblem, UserRow } from "./user-table-file";

/** Progress of an import. */
export interface ImportState {
  /** Rows to add: those whose user is not in the table. */
  readonly total: number;
  /** Rows whose user is in the table already; they are skipped. */
  readonly present: number;
  added: number;
  readonly failed: RowProblem[];
  /** Why the remaining rows were skipped; the same import continues with them. */
  stopped?: string;
}

export interface ImportOptions {
  /** File for generated passwords; required when a row has no password. */
  readonly passwords?: PasswordFile;
  /** Rows in progress at a time: more than processors, because some wait for the table while others hash. */
  readonly concurrency: number;
  /** Aborted when the import has to stop. */
  readonly stop: AbortSignal;
  /** Called after every row. */
  report(state: ImportState): void;
}

/** Failures of the table in a row that end an import: the cause is the table then, not the rows. */
const failuresToStop = 8;

/**
 * Adds the users that are not in the table. Repeated after an interruption, it continues with the rest, and uses the
 * passwords that are in the file but not yet in the table.
 */
export async function importUsers(
  rows: readonly UserRow[],
  site: Site,
  { passwords, concurrency, stop, report }: ImportOptions,
): Promise<ImportState> {
  const existing = await site.table.existing(rows.map(({ name }) => name).filter(isKey));
  const missing = rows.filter(({ name }) => !existing.has(name));
  const known = passwords?.read() ?? new Map<string, string>();
  const state: ImportState = {
    total: missing.length,
    present: rows.length - missing.length,
    added: 0,
    failed: [],
  };
  let failuresInARow = 0;

  async function addOne({ line, name, password: own, fields }: UserRow): Promise<void> {
    const fail = (reason: string) => void state.failed.push({ line, name, reason });
    const problems = problemsOf(name, fields, site);
    if (problems.length > 0) return fail(problems.join(" "));
    if (own !== undefined && (own.length > longestPassword || !isHashable(own))) {
      return fail(`A password has at most ${longestPassword} characters, and no NUL at its end.`);
    }
    const password = own ?? known.get(name) ?? devicePassword();
    if (own === undefined && !known.has(name)) passwords?.add(name, password);
    const record = recordOf(name, await hashOf(password, site), fields);
    try {
      if (await site.table.add(record)) state.added++;
      else fail("This user was added by another process at the same time.");
      failuresInARow = 0;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      fail(error.message);
      if (++failuresInARow >= failuresToStop) state.stopped = error.message;
    }
  }

  const limit = pLimit(concurrency);
  await limit.map(missing, async (row) => {
    if (stop.aborted) state.stopped ??= "it was interrupted";
    if (state.stopped !== undefined) return;
    await addOne(row);
    report(state);
  });
  state.failed.sort((a, b) => a.line - b.line);
  return state;
}

/** Whether the table accepts the name in a key; other names are reported with their row. */
function isKey(name: string): boolean {
  return name.length > 0 && name.length <= 100;
}
