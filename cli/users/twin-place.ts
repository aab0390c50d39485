import * as fs from "node:fs";
import * as path from "node:path";

import { findRunning } from "../../twin/running";
import { Tables } from "../../twin/table/tables";
import { usageError } from "../core/errors";
import { unreachable } from "./errors";
import type { Place } from "./place";

/** The twin asks nobody who they are. */
const credentials = { accessKeyId: "TWIN", secretAccessKey: "twin" };

/**
 * The table of a twin: of the running one through its own interface, of a stopped one by opening its folder.
 *
 * @param data - The twin's folder.
 * @param table - Which table, where there is more than one.
 */
export async function twinPlace(data: string, table?: string): Promise<Place> {
  const description = `the twin in ${path.relative(process.cwd(), data) || data}`;
  const running = await findRunning(data);
  if (running) {
    return {
      description,
      table: table ?? running.table,
      bucket: running.bucket,
      endpoint: running.tables,
      credentials,
      close: async () => {},
    };
  }
  const folder = path.join(data, "tables");
  if (!fs.existsSync(folder)) {
    throw unreachable(
      `No twin has been started with the folder ${data} yet: npm start -- --data ${data}`,
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
      `The twin has ${names.length} tables; --table says which: ${names.join(", ")}.`,
    );
  }
  return {
    description: `${description} (stopped)`,
    table: chosen,
    bucket: onlyBucket(data),
    endpoint: tables.endpoint,
    credentials,
    close: () => tables.close(),
  };
}

function onlyBucket(data: string): string | undefined {
  const folder = path.join(data, "buckets");
  const buckets = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return buckets.length === 1 ? buckets[0] : undefined;
}
