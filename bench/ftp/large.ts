import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { scratch } from "../measure";
import { curlSeconds } from "./clients";
import type { MeasuredServer } from "./servers";

export const mebibytes = 200;

/** How fast the large file went up to one server and came back, MiB/s, run by run. */
export interface LargeFigures {
  readonly name: string;
  readonly stor: number[];
  readonly retr: number[];
}

/** A file that no compression makes smaller. */
export function largeFile(): string {
  const file = path.join(scratch(), "large.bin");
  fs.writeFileSync(file, randomBytes(mebibytes * 1024 * 1024));
  return file;
}

/**
 * Has so much free memory that was in use a moment ago. A server that replaces a file in place writes into such
 * memory; one that keeps the old version meanwhile would write into memory never used before, which takes a virtual
 * machine several times as long.
 */
function warmFreeMemory(file: string): void {
  const copy = `${file}.copy`;
  fs.copyFileSync(file, copy);
  fs.rmSync(copy);
}

/**
 * Measures all servers with curl on the same machine as the client. They take turns, run by run: whatever else the
 * machine does meanwhile hits all of them.
 */
export async function large(
  servers: readonly MeasuredServer[],
  file: string,
  runs: number,
): Promise<LargeFigures[]> {
  const figures = servers.map(({ name }) => ({ name, stor: [] as number[], retr: [] as number[] }));
  // The first two make the file and its replacement and warm the code up; they are not counted.
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
