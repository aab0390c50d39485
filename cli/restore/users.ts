import pLimit from "p-limit";

import { Progress } from "../../lib/progress";
import { findRunning } from "../../twin/running";
import type { CliContext } from "../core/context";
import { exitCodes, UserError } from "../core/errors";
import { Output } from "../core/output";
import { twinFolder } from "../core/twin-folder";
import { openSite, type Site, type SiteOptions } from "../users/site";
import { recoverTable } from "./recovery-table";
import {
  planUsers,
  putUserItem,
  readUserItems,
  type UserPlan,
  type UserStep,
} from "./user-records";

export interface RestoreUsersOptions extends SiteOptions {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Only these users. Default: all. */
  readonly user?: readonly string[];
  /** Restore; without it the plan is printed. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Writes at a time. */
const concurrency = 8;

/**
 * Restores the records of users to a time, by point-in-time recovery into a new table and back. No user is removed.
 * Every run compares both tables, so a run after an interruption continues.
 *
 * @returns the exit code: 1 when a user could not be restored
 */
export async function restoreUsers(
  options: RestoreUsersOptions,
  context: CliContext,
): Promise<number> {
  if (options.twin) await requireRunning(options, context);
  const site = await openSite(context, options);
  try {
    site.requireUsersInTable();
    return await restore(options, site, context);
  } finally {
    await site.close();
  }
}

async function restore(
  { at, user, yes, json = false }: RestoreUsersOptions,
  site: Site,
  context: CliContext,
): Promise<number> {
  const { api, table } = site;
  const recovered = await recoverTable(api, table.name, at, context);
  const isGiven = (name: string) =>
    !site.isCanary(name) && (user === undefined || user.includes(name));
  const read = async (from: string) =>
    new Map([...(await readUserItems(api, from))].filter(([name]) => isGiven(name)));
  const then = await read(recovered);
  const unknown = (user ?? []).filter((name) => !then.has(name));
  if (unknown.length > 0) {
    throw new UserError(
      `${new Date(at).toISOString()} has no user ${unknown.join(", ")} in ${site.description}. npx canal-ftp users list --table ${recovered} lists those it has.`,
      undefined,
      "no-such-user",
    );
  }
  const plan = planUsers(then, await read(table.name));
  const output = new Output(context, json);
  const shown = { ...documentOf(plan), table: recovered };
  if (!yes) {
    output.result({ ...shown, restored: 0 }, describePlan(plan, at, recovered));
    return exitCodes.ok;
  }
  const { restored, failures } = await write(plan.steps, site, context);
  const rest = plan.steps.length - restored;
  if (rest === 0) await api.call("DynamoDB", "DeleteTable", { TableName: recovered });
  output.result({ ...shown, restored, failures }, [
    `${restored} users restored, ${plan.unchanged} unchanged, ${plan.newer} newer, who stay.`,
    ...failures,
    ...(rest > 0 ? [`${rest} users are not restored: run the same command again.`] : []),
  ]);
  return rest === 0 ? exitCodes.ok : exitCodes.failed;
}

async function write(
  steps: readonly UserStep[],
  { api, table }: Site,
  context: CliContext,
): Promise<{ restored: number; failures: string[] }> {
  const failures: string[] = [];
  const progress = new Progress("users restored", context);
  const state = { total: steps.length, done: 0, failed: 0 };
  await pLimit(concurrency).map(steps, async (step) => {
    if (context.stop.aborted) return;
    try {
      if (await putUserItem(api, table.name, step)) state.done++;
      else failures.push(`${step.name}: changed during the restore`);
    } catch (error) {
      failures.push(`${step.name}: ${(error as Error).message}`);
    }
    state.failed = failures.length;
    progress.report(state);
  });
  progress.finish(state);
  return { restored: state.done, failures };
}

/** The history of a twin's table is in the twin's process. */
async function requireRunning(
  { stack, data }: RestoreUsersOptions,
  { root }: CliContext,
): Promise<void> {
  const folder = twinFolder(root, stack, data);
  if (await findRunning(folder)) return;
  throw new UserError(
    `No twin runs in ${folder}: start it with npm start, or give its folder with --data.`,
  );
}

/** Names and reasons: neither records nor hashes are printed. */
const documentOf = ({ steps, unchanged, newer }: UserPlan) => ({
  ...{ steps: steps.map(({ name, because }) => ({ name, because })), unchanged, newer },
});

/** Lines of the plan that are shown. */
const shownSteps = 20;

function describePlan({ steps, unchanged, newer }: UserPlan, at: number, table: string): string[] {
  const more = steps.length - shownSteps;
  return [
    `As of ${new Date(at).toISOString()}: ${steps.length} users to restore, ${unchanged} unchanged, ${newer} newer, who stay.`,
    ...steps.slice(0, shownSteps).map(({ name, because }) => `  ${name}  ${because}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `No user was changed. Their records of then are in the table ${table}, which is billed until it is deleted.`,
    "Add --yes to restore them; this deletes the table.",
  ];
}
