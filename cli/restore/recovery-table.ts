import { systemClock } from "../../soracom/clock";
import { AwsApiError, type AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { UserError } from "../core/errors";

/** DynamoDB API, DescribeContinuousBackups. */
interface Backups {
  readonly ContinuousBackupsDescription?: {
    readonly PointInTimeRecoveryDescription?: {
      readonly PointInTimeRecoveryStatus?: string;
      readonly EarliestRestorableDateTime?: Date;
      readonly LatestRestorableDateTime?: Date;
    };
  };
}

interface Description {
  readonly Table?: { readonly TableStatus?: string };
}

/** Milliseconds between two requests for the state of a table. */
const pauseMs = { first: 500, most: 15_000 };

/** Name of the table that a table is recovered into: the same for the same time, so that a later run continues. */
export function recoveryTableName(table: string, at: number): string {
  return `${table}-at-${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/**
 * Recovers a table as of a time into a new table, or finds the one that an earlier run began, and waits until it can be
 * read. The table itself is not changed.
 *
 * @param at - Epoch milliseconds; DynamoDB recovers whole seconds.
 * @returns the name of the new table
 * @throws UserError when the table has no recovery or the time is outside its window
 */
export async function recoverTable(
  api: AwsApi,
  table: string,
  at: number,
  context: Pick<CliContext, "stop" | "error" | "clock">,
): Promise<string> {
  const target = recoveryTableName(table, at);
  const states = watch(api, target, context);
  // An earlier run may have deleted it just now.
  if ((await states((state) => state !== "DELETING")) === undefined) {
    await checkWindow(api, table, at);
    context.error(`Recovering ${table} into ${target}; DynamoDB takes minutes.\n`);
    await api.call("DynamoDB", "RestoreTableToPointInTime", {
      SourceTableName: table,
      TargetTableName: target,
      RestoreDateTime: new Date(Math.floor(at / 1000) * 1000),
    });
  }
  if ((await states((state) => state !== "CREATING")) === "ACTIVE") return target;
  throw new UserError(`The table ${target} was deleted meanwhile: run the same command again.`);
}

/** Returns a function that waits until the state of a table is one of these, and returns it. */
function watch(
  api: AwsApi,
  table: string,
  { stop, error, clock = systemClock }: Pick<CliContext, "stop" | "error" | "clock">,
) {
  const started = clock.now();
  return async (isWanted: (state: string | undefined) => boolean) => {
    for (let pause = pauseMs.first; ; pause = Math.min(2 * pause, pauseMs.most)) {
      const state = await statusOf(api, table);
      if (isWanted(state)) return state;
      await clock.delay(pause, stop);
      if (stop.aborted) {
        throw new UserError(
          `Stopped while ${table} is ${state}; DynamoDB continues: run the same command again.`,
        );
      }
      error(`${table}: ${state} for ${Math.round((clock.now() - started) / 1000)} s\n`);
    }
  };
}

/** The state of a table; undefined when there is none. */
async function statusOf(api: AwsApi, TableName: string): Promise<string | undefined> {
  try {
    const { Table } = await api.call<Description>("DynamoDB", "DescribeTable", { TableName });
    return Table?.TableStatus;
  } catch (error) {
    if (error instanceof AwsApiError && error.code === "ResourceNotFoundException")
      return undefined;
    throw error;
  }
}

async function checkWindow(api: AwsApi, table: string, at: number): Promise<void> {
  const { ContinuousBackupsDescription } = await api.call<Backups>(
    ...(["DynamoDB", "DescribeContinuousBackups", { TableName: table }] as const),
  );
  const found = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  if (found?.PointInTimeRecoveryStatus !== "ENABLED") {
    throw new UserError(
      `Table ${table} has no point-in-time recovery: stacks with canal-ftp:base prod have it. Without it, restore a backup of your own (docs/operating.md).`,
      undefined,
      "no-recovery",
    );
  }
  const earliest = found.EarliestRestorableDateTime?.getTime() ?? 0;
  const latest = found.LatestRestorableDateTime?.getTime() ?? Infinity;
  const second = Math.floor(at / 1000) * 1000;
  if (second >= Math.floor(earliest / 1000) * 1000 && second <= latest) return;
  const text = (time: number) => new Date(time).toISOString();
  throw new UserError(
    `--at ${text(at)} given; allowed: ${text(earliest)} to ${text(latest)}, which DynamoDB can recover now.`,
    undefined,
    "outside-window",
  );
}
