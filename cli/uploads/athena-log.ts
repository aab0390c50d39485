import { partitionColumn, queryPrefix, rowPrefix } from "../../lambdas/upload-events/upload-row";
import type { AwsApi } from "../core/aws";
import { UserError } from "../core/errors";
import type { DeviceSummary } from "./summary";

/** The log of a deployed stack. */
export interface DeployedLog {
  readonly database: string;
  readonly logBucket: string;
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
 * Summarizes the log since a time by a query in Athena. The results are kept in the log's bucket for a day.
 *
 * @param since - Epoch seconds.
 * @param pause - Waits between two reads of the query's state.
 */
export async function summarizeDeployedLog(
  aws: AwsApi,
  { database, logBucket }: DeployedLog,
  since: number,
  pause: () => Promise<void>,
): Promise<DeviceSummary[]> {
  const { QueryExecutionId } = await aws.call<{ QueryExecutionId: string }>(
    "Athena",
    "StartQueryExecution",
    {
      QueryString: deviceQuery(database, since),
      ResultConfiguration: { OutputLocation: `s3://${logBucket}/${queryPrefix}/` },
    },
  );
  for (;;) {
    const { QueryExecution } = await aws.call<Execution>("Athena", "GetQueryExecution", {
      QueryExecutionId,
    });
    const { State, StateChangeReason } = QueryExecution.Status;
    if (State === "SUCCEEDED") break;
    if (State === "FAILED" || State === "CANCELLED") {
      throw new UserError(`Athena's query ended as ${State}: ${StateChangeReason ?? "no reason"}`);
    }
    await pause();
  }
  const rows: string[][] = [];
  let token: string | undefined;
  do {
    const page: Results = await aws.call<Results>("Athena", "GetQueryResults", {
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
