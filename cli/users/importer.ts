import pLimit from "p-limit";

import { isHashable, verifyPassword } from "../../lambdas/identity-provider/password";
import type { UserRecord } from "../../lambdas/identity-provider/stores/user-store";
import { devicePassword } from "../../lib/device-credentials";
import { UserError } from "../core/errors";
import { formatFields } from "./fields";
import { BadHash, givenHash } from "./given-hash";
import { pastProblem } from "./options";
import type { PasswordFile } from "./password-file";
import { longestPassword } from "./password-source";
import { hashOf, problemsOf, recordOf } from "./records";
import type { Site } from "./site";
import type { RowProblem, UserRow } from "./user-table-file";

/** The result of a row, or its expected result in a dry run. */
export interface RowResult {
  readonly line: number;
  readonly name: string;
  readonly result: "new" | "changed" | "same";
  /** Names of the changed fields, or `password`. */
  readonly changes?: readonly string[];
}

/** Progress of an import. */
export interface ImportState {
  /** Rows to work on: with an update all, otherwise those whose user is not in the table. */
  readonly total: number;
  /** Rows whose user is in the table already, and stays as it is. */
  present: number;
  added: number;
  changed: number;
  /** In the order of the file. */
  readonly results: RowResult[];
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
  /** Change users that are in the table. */
  readonly update?: boolean;
  /** Write nothing. */
  readonly dryRun?: boolean;
  /** Use the hashes in the rows. */
  readonly hashes?: boolean;
  /** Use passwords in the file of passwords for users who are not in the table. */
  readonly reusePasswords?: boolean;
  /** Accept ends of access before this time, in epoch seconds. Default 0. */
  readonly notBefore?: number;
  /** Called after every row. */
  report(state: ImportState): void;
}

/** Consecutive failures of the table that end an import, because the cause is then the table and not the rows. */
const failuresToStop = 8;

/**
 * Adds the users that are not in the table, and with `update` changes the others. Repeated after an interruption, it
 * continues with the rest.
 */
export async function importUsers(
  rows: readonly UserRow[],
  site: Site,
  options: ImportOptions,
): Promise<ImportState> {
  const { passwords, concurrency, stop, report, update = false, dryRun = false } = options;
  const names = rows.map(({ name }) => name).filter(isKey);
  const records = update ? await site.table.records(names) : undefined;
  const existing = records ? new Set(records.names()) : await site.table.existing(names);
  const work = update ? rows : rows.filter(({ name }) => !existing.has(name));
  const known = options.reusePasswords ? passwords?.read() : undefined;
  const state: ImportState = {
    total: work.length,
    present: rows.length - work.length,
    added: 0,
    changed: 0,
    results: [],
    failed: [],
  };
  let failuresInARow = 0;

  async function addOne(row: UserRow): Promise<void> {
    const { line, name, password: own, fields } = row;
    const given = options.hashes ? await givenHash(row, site) : undefined;
    if (dryRun) return done(row, "new");
    const password = own ?? known?.get(name) ?? devicePassword();
    // Written to the disk before it takes effect.
    if (given === undefined && own === undefined && !known?.has(name))
      passwords?.add(name, password);
    const record = recordOf(name, given ?? (await hashOf(password, site)), fields);
    if (await site.table.add(record)) done(row, "new");
    else fail({ line, name, reason: "This user was added by another process at the same time." });
  }

  async function changeOne(row: UserRow, user: UserRecord): Promise<void> {
    const { name, password, fields, given } = row;
    const next = Object.fromEntries(given.map((field) => [field, fields[field]]));
    const before = comparable(user);
    const after = comparable(recordOf(name, "", { ...user, ...withoutUndefined(next, user) }));
    const changed = given.filter((field) => before[field] !== after[field]);
    const isNewPassword = password !== undefined && !(await hasPassword(user, password));
    const changes = [...changed, ...(isNewPassword ? ["password"] : [])];
    if (changes.length === 0) return done(row, "same");
    if (!dryRun) {
      if (changed.length > 0) await site.table.setFields(name, next);
      if (isNewPassword) {
        const hash = await hashOf(password, site);
        if (!(await site.table.replaceHashes(name, user.passwordHashes, [hash])))
          return fail({
            ...row,
            reason: "This user was changed at the same time: import it again.",
          });
      }
    }
    done(row, "changed", changes);
  }

  function fail({ line, name, reason }: RowProblem): void {
    state.failed.push({ line, name, reason });
  }

  function done({ line, name }: UserRow, result: RowResult["result"], changes?: string[]): void {
    state.results.push({ line, name, result, ...(changes ? { changes } : {}) });
    if (result === "new") state.added++;
    else if (result === "changed") state.changed++;
    else state.present++;
  }

  async function workOn(row: UserRow): Promise<void> {
    const reason = problemOf(row, site, options.notBefore ?? 0);
    if (reason !== undefined) return fail({ ...row, reason });
    try {
      const user = records?.users.get(row.name);
      if (records?.damaged.includes(row.name)) {
        fail({ ...row, reason: "The record is damaged: remove it and add it again." });
      } else if (user) await changeOne(row, user);
      else await addOne(row);
      failuresInARow = 0;
    } catch (error) {
      if (error instanceof BadHash) return fail({ ...row, reason: error.message });
      if (!(error instanceof UserError)) throw error;
      fail({ ...row, reason: error.message });
      if (error.code === "password-file" || ++failuresInARow >= failuresToStop) {
        state.stopped = error.message;
      }
    }
  }

  const limit = pLimit(concurrency);
  await limit.map(work, async (row) => {
    if (stop.aborted) state.stopped ??= "it was interrupted";
    if (state.stopped !== undefined) return;
    await workOn(row);
    report(state);
  });
  state.failed.sort((a, b) => a.line - b.line);
  state.results.sort((a, b) => a.line - b.line);
  return state;
}

/** Why a row cannot be used, independent of the table. */
function problemOf(
  { name, password, fields }: UserRow,
  site: Site,
  notBefore: number,
): string | undefined {
  const problems = problemsOf(name, fields, site);
  if (problems.length > 0) return problems.join(" ");
  if (password !== undefined && (password.length > longestPassword || !isHashable(password))) {
    return `A password has at most ${longestPassword} characters, and no NUL at its end.`;
  }
  return fields.validUntil === undefined ? undefined : pastProblem(fields.validUntil, notBefore);
}

/** The fields of a user as texts that can be compared. */
function comparable(user: UserRecord): Partial<Record<string, string>> {
  const { until, from, ...texts } = formatFields(user);
  return { ...texts, validUntil: until, allowedCidrs: from };
}

/** Fields as a record has them: with the default where there is no value. */
function withoutUndefined(fields: object, { name }: UserRecord): Partial<UserRecord> {
  const defaults = recordOf(name, "", {});
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      value ?? (defaults as unknown as Record<string, unknown>)[field],
    ]),
  );
}

async function hasPassword(user: UserRecord, password: string): Promise<boolean> {
  for (const hash of user.passwordHashes) if (await verifyPassword(password, hash)) return true;
  return false;
}

/** Whether the table accepts the name in a key; other names are reported with their row. */
export function isKey(name: string): boolean {
  return name.length > 0 && name.length <= 100;
}
