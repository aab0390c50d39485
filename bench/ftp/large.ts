import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { scratch } from "../measure";
import { curlSeconds } from "./clients";
import type { MeasuredServer } from "./servers";

export const MEBIBYTES = 200;

/** A file that no compression makes smaller. */
export function largeFile(): string {
  const file = path.join(scratch(), "large.bin");
  fs.writeFileSync(file, randomBytes(MEBIBYTES * 1024 * 1024));
  return file;
}

/** How fast the large file goes up and comes back, MiB/s, with curl on the same machine as the client. */
export async function large(server: MeasuredServer, file: string, runs: number) {
  const [stor, retr]: [number[], number[]] = [[], []];
  // The first two make the file and its replacement and warm the code up; they are not counted.
  for (let run = -1; run <= runs; run++) {
    const up = await curlSeconds(server, "large.bin", file);
    server.forgetVersions();
    const down = await curlSeconds(server, "large.bin");
    if (run > 0) {
      stor.push(MEBIBYTES / up);
      retr.push(MEBIBYTES / down);
    }
  }
  return { stor, retr };
}
