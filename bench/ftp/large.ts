import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { scratch } from "../measure";
import { curlSeconds } from "./clients";
import type { MeasuredServer } from "./servers";

export const mebibytes = 200;

/** Upload and download speed of the large file with one server in MiB/s, for each run. */
export interface LargeFigures {
  readonly name: string;
  readonly stor: number[];
  readonly retr: number[];
}

/** An incompressible file. */
export function largeFile(): string {
  const file = path.join(scratch(), "large.bin");
  fs.writeFileSync(file, randomBytes(mebibytes * 1024 * 1024));
  return file;
}

/**
 * Provides free memory that was used before. A server that replaces a file in place writes to such memory; a server
 * that keeps the old version meanwhile would write to memory that was never used, which is several times slower in a
 * virtual machine.
 */
function warmFreeMemory(file: string): void {
  const copy = `${file}.copy`;
  fs.copyFileSync(file, copy);
  fs.rmSync(copy);
}

/**
 * Measures all servers with curl on the same machine as the client. The servers alternate in each run, so that other
 * load of the machine affects all of them.
 */
export async function large(
  servers: readonly MeasuredServer[],
  file: string,
  runs: number,
): Promise<LargeFigures[]> {
  const figures = servers.map(({ name }) => ({ name, stor: [] as number[], retr: [] as number[] }));
  // The first two runs create the file and its replacement and warm up the code; they are not counted.
  for (let run = -1; run <= runs; run++) {
    for (const [index, server] of servers.entries()) {
      warmFreeMemory(file);
      const up = await curlSeconds(server, "large.bin", file);
      server.forgetVersions();
      const down = await curlSeconds(server, "large.bin");
      if (run > 0) {
        figures[index].stor.push(mebibytes / up);
        figures[index].retr.push(mebibytes / down);
      }
    }
  }
  return figures;
}
