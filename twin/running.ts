import * as fs from "node:fs";
import * as path from "node:path";

import { isAlive } from "./table/lock";

/** What a running twin says of itself in its folder, for other programs of the same person. */
export interface Running {
  readonly pid: number;
  readonly stack: string;
  /** URL of the DynamoDB interface of its tables. */
  readonly tables: string;
  /** Name of the table of users. */
  readonly table: string;
  readonly bucket: string;
  readonly ftp: { readonly host: string; readonly port: number };
  /** The address devices are seen from. */
  readonly deviceAddress: string;
  /** URL at which it tells of its site what aws, soracom and pulumi would tell of a deployed one. */
  readonly reads: string;
}

const fileIn = (data: string) => path.join(data, "twin.json");

/** Says in the folder that a twin is running there; call what it returns when it stops. */
export function announce(data: string, running: Running): () => void {
  const file = fileIn(data);
  // Whoever has the tables' address can write users: it is its owner's to read.
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  return () => fs.rmSync(file, { force: true });
}

/** The twin that is running in the folder; what a crashed one left behind counts as none. */
export async function findRunning(data: string): Promise<Running | undefined> {
  let running: Running;
  try {
    running = JSON.parse(fs.readFileSync(fileIn(data), "utf8")) as Running;
  } catch {
    return undefined;
  }
  return (await isAlive(running.pid, running.tables)) ? running : undefined;
}
