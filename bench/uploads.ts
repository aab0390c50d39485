import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { partitionColumn, rowPrefix } from "../lambdas/upload-events/upload-row";
import { type Figure, root, scratch, seconds } from "./measure";

const size = { rows: 100_000, devices: 1000, days: 28 };
const dayMs = 86_400_000;

/** `canal-ftp uploads --silent`, as a process of its own, over a twin's log with many rows. */
export function uploadsFigures(runs: number): Promise<Figure[]> {
  const data = scratch();
  writeRows(path.join(data, "buckets", "log", rowPrefix));
  const args = ["uploads", "--twin", "--data", data, "--silent", "--json"];
  const values: number[] = [];
  let silent = 0;
  for (let run = 0; run < runs; run++) {
    const started = process.hrtime.bigint();
    const { stdout } = spawnSync(process.execPath, ["cli/canal-ftp.cjs", ...args], {
      ...{ cwd: root, encoding: "utf8" as const, maxBuffer: 2 ** 26 },
      stdio: ["ignore", "pipe", "inherit"],
    });
    values.push(seconds(started));
    silent = (JSON.parse(stdout) as { devices: unknown[] }).devices.length;
  }
  const expected = size.devices / 2;
  const what = `uploads --silent over ${size.rows} rows`;
  return Promise.resolve([
    { what, unit: "s", values, goal: { atMost: 5 } },
    {
      what: `${what}: silent devices found, of ${expected}`,
      unit: "devices",
      values: [silent],
      goal: { atLeast: expected, atMost: expected },
    },
  ]);
}

/** Every second device has its last file today, the others three days ago. */
function writeRows(folder: string): void {
  const now = Date.now();
  for (let index = 0; index < size.rows; index++) {
    const number = index % size.devices;
    const age = (Math.floor(index / size.devices) % size.days) + (number % 2 === 0 ? 0 : 3);
    const ended = new Date(now - age * dayMs - 60_000).toISOString();
    const day = path.join(folder, `${partitionColumn}=${ended.slice(0, 10)}`);
    fs.mkdirSync(day, { recursive: true });
    const device = `cam-${number}`;
    const row = {
      ...{ id: String(index), device, bucket: "files", key: `users/${device}/${index}.jpg` },
      ...{ renamed_from: null, outcome: "completed", failure: null, problem: null },
      ...{ verified: true, bytes: 1000, etag: "e", version: "v", checksum: "c" },
      ...{ address: "100.64.0.1", session: "0123456789abcdef0123", server: "s-0", ended },
    };
    fs.writeFileSync(path.join(day, `${index}.json`), `${JSON.stringify(row)}\n`);
  }
}
