/** The log of uploads, summarized by a query in Athena. */
import { partitionColumn, rowPrefix } from "../upload-events/upload-row";
import type { DeviceSummary } from "./device-summary";

/** One operation of Athena, with inputs and outputs as its API reference has them. */
export type CallAthena = <T>(operation: string, input: object) => Promise<T>;

/** The log of a deployed stack. */
export interface DeployedLog {
  readonly database: string;
  /** Workgroup or location of results: members of StartQueryExecution's input. */
  readonly run: { readonly WorkGroup: string } | { readonly ResultConfiguration: object };
}

/** Condition of a complete file. */
const whole = "outcome = 'completed' AND problem IS NULL";

/** The query: a row for each device. Times in the log are texts in one format, which sort by time. */
export function deviceQuery(database: string, since: number): string {
  const from = new Date(since * 1000).toISOString();
  return `SELECT device,
  max_by(key, ended) FILTER (WHERE ${whole}) AS last_file,
  max(ended) FILTER (WHERE ${whole}) AS last_upload,
  count_if(${whole}) AS files,
  coalesce(sum(bytes) FILTER (WHERE ${whole}), 0) AS bytes,
  count_if(NOT (${whole})) AS failed
FROM "${database}"."${rowPrefix}"
WHERE ${partitionColumn} >= '${from.slice(0, 10)}' AND ended >= '${from}'
GROUP BY device ORDER BY device`;
}

interface Execution {
  readonly QueryExecution: {
    readonly Status: { readonly State: string; readonly StateChangeReason?: string };
  };
}

interface Results {
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
  };
  readonly NextToken?: string;
}

/**
 * Summarizes the log since a time. The query's results are kept in the log's bucket for a day.
 *
 * @param since - Epoch seconds.
 * @param pause - Waits between two reads of the query's state.
 */
export async function summarizeDeployedLog(
  call: CallAthena,
  { database, run }: DeployedLog,
  since: number,
  pause: () => Promise<void>,
): Promise<DeviceSummary[]> {
  const { QueryExecutionId } = await call<{ QueryExecutionId: string }>("StartQueryExecution", {
    QueryString: deviceQuery(database, since),
    ...run,
  });
  for (;;) {
    const { QueryExecution } = await call<Execution>("GetQueryExecution", { QueryExecutionId });
    const { State, StateChangeReason } = QueryExecution.Status;
    if (State === "SUCCEEDED") break;
    if (State === "FAILED" || State === "CANCELLED") {
      throw new Error(`Athena's query ended as ${State}: ${StateChangeReason ?? "no reason"}`);
    }
    await pause();
  }
  const rows: string[][] = [];
  let token: string | undefined;
  do {
    const page: Results = await call<Results>("GetQueryResults", {
      QueryExecutionId,
      ...(token !== undefined && { NextToken: token }),
    });
    rows.push(
      ...page.ResultSet.Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue ?? "")),
    );
    token = page.NextToken;
  } while (token !== undefined);
  // The first row has the names of the columns.
  return rows.slice(1).map(([device, lastFile, lastUpload, files, bytes, failed]) => ({
    device,
    ...(lastUpload !== "" && { lastFile, lastUpload }),
    ...{ files: Number(files), bytes: Number(bytes), failed: Number(failed) },
  }));
}
