import { devicePassword } from "../../lib/device-credentials";
import { AwsError } from "../../lambdas/identity-provider/stores/aws-json";
import type { PasswordFile } from "./password-file";
import { hashOf, problemsOf, recordOf } from "./records";
import type { Site } from "./site";
import type { RowProblem, UserRow } from "./user-table-file";

/** What became of the rows so far. */
export interface ImportState {
  /** Rows to be added: those whose user was not there. */
  readonly total: number;
  /** Rows whose user was there, which are left as they are. */
  readonly present: number;
  added: number;
  readonly failed: RowProblem[];
  /** Why no further row was tried; the same import goes on from there. */
  stopped?: string;
}

/** Failures of the table in a row that end an import: it is not a row that is wrong then. */
const failuresToStop = 8;

/**
 * Adds the users that are not there yet, several at a time. Run again after an interruption it goes on with the rest:
 * a password that was made up and written down, but not yet in force, is the one that is used.
 *
 * @param passwords - Where made-up passwords are written; needed when a row has none of its own.
 * @param width - Users in work at a time: more than processors, as some wait for the table while others hash.
 * @param report - Called after every row.
 */
export async function importUsers(
  rows: readonly UserRow[],
  site: Site,
  passwords: PasswordFile | undefined,
  width: number,
  report: (state: ImportState) => void,
): Promise<ImportState> {
  const there = await site.table.existing(rows.map(({ name }) => name).filter(isKey));
  const waiting = rows.filter(({ name }) => !there.has(name));
  const known = passwords?.read() ?? new Map<string, string>();
  const state: ImportState = {
    total: waiting.length,
    present: rows.length - waiting.length,
    added: 0,
    failed: [],
  };
  let failuresInARow = 0;

  async function addOne({ line, name, password: own, fields }: UserRow): Promise<void> {
    const fail = (reason: string) => void state.failed.push({ line, name, reason });
    const problems = problemsOf(name, fields, site);
    if (problems.length > 0) return fail(problems.join(" "));
    if (own !== undefined && own.length > 1024)
      return fail("A password has 1024 characters at most.");
    const password = own ?? known.get(name) ?? devicePassword();
    if (own === undefined && !known.has(name)) passwords?.add(name, password);
    const record = recordOf(name, await hashOf(password, site), fields);
    try {
      if (await site.table.add(record)) state.added++;
      else fail("Somebody else added this user at this moment.");
      failuresInARow = 0;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      fail(error.message);
      if (++failuresInARow >= failuresToStop) state.stopped = error.message;
    }
  }

  const queue = waiting.values();
  const worker = async () => {
    for (const row of queue) {
      await addOne(row);
      report(state);
      if (state.stopped !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  state.failed.sort((a, b) => a.line - b.line);
  return state;
}

/** A name the table could not even be asked about is told of when its turn comes. */
function isKey(name: string): boolean {
  return name.length > 0 && name.length <= 100;
}
