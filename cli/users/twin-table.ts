import * as fs from "node:fs";
import * as path from "node:path";

import { findRunning } from "../../twin/running";
import { Tables } from "../../twin/table/tables";
import type { CliContext } from "../core/context";
import { usageError } from "../core/errors";
import { unreachable } from "./errors";
import type { TableLocation } from "./table-location";

/**
 * The user table of a twin. A running twin is called; the folder of a stopped one is opened.
 *
 * @param data - The twin's folder.
 * @param table - Name of the table, where there are several.
 */
export async function twinTable(
  { aws }: Pick<CliContext, "aws">,
  data: string,
  table?: string,
): Promise<TableLocation> {
  const description = `the twin in ${path.relative(process.cwd(), data) || data}`;
  // The twin does not check credentials.
  const credentials = { accessKeyId: "TWIN", secretAccessKey: "twin" };
  const target = { region: "us-east-1", credentials, ignoreStop: true };
  const apiAt = (endpoint: string) => aws({ ...target, endpoint });
  const running = await findRunning(data);
  if (running) {
    return {
      description,
      table: table ?? running.table,
      bucket: running.bucket,
      api: apiAt(running.tables),
      close: () => Promise.resolve(),
    };
  }
  const folder = path.join(data, "tables");
  if (!fs.existsSync(folder)) {
    throw unreachable(
      `${data} has no tables of a twin: start one first, with canal-ftp start --data ${data}`,
    );
  }
  const tables = await Tables.open(folder).catch((error: Error) => {
    throw unreachable(error.message);
  });
  const names = await tables.names();
  const chosen = table ?? names[0];
  if (names.length !== 1 && table === undefined) {
    await tables.close();
    throw usageError(
      `The twin has ${names.length} tables; select one with --table: ${names.join(", ")}.`,
    );
  }
  return {
    description: `${description} (stopped)`,
    table: chosen,
    bucket: onlyBucket(data),
    api: apiAt(tables.endpoint),
    close: () => tables.close(),
  };
}

function onlyBucket(data: string): string | undefined {
  const folder = path.join(data, "buckets");
  const buckets = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return buckets.length === 1 ? buckets[0] : undefined;
}
