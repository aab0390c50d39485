import * as fs from "node:fs";
import * as path from "node:path";

import { isAlive } from "./table/folder-lock";

/** The addresses of a running twin, which it writes to its folder for other programs of the same user. */
export interface Running {
  readonly pid: number;
  readonly stack: string;
  /** URL of the DynamoDB interface of its tables. */
  readonly tables: string;
  /** Name of the table of users. */
  readonly table: string;
  readonly bucket: string;
  readonly ftp: { readonly host: string; readonly port: number };
  /** The address that the VPC sees devices come from. */
  readonly deviceAddress: string;
  /** URL of its S3, without permissions: for the operator's commands. */
  readonly s3: string;
  /** URL of its answers for aws, soracom and pulumi. */
  readonly reads: string;
}

const fileIn = (data: string) => path.join(data, "twin.json");

/** Writes the file of a running twin. The returned function removes it. */
export function publishRunning(data: string, running: Running): () => void {
  const file = fileIn(data);
  // Only its owner may read the file: with the address of the tables, a program can write users.
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  return () => fs.rmSync(file, { force: true });
}

/** The twin that runs in the folder; undefined when there is none, or it crashed. */
export async function findRunning(data: string): Promise<Running | undefined> {
  let running: Running;
  try {
    running = JSON.parse(fs.readFileSync(fileIn(data), "utf8")) as Running;
  } catch {
    return undefined;
  }
  return (await isAlive(running.pid, running.tables)) ? running : undefined;
}
