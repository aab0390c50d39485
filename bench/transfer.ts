import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Figure } from "./measure";
import { startTwin } from "./start";

const mebibytes = 200;

/** How fast one large file goes through the twin, with curl on the same machine as the client. */
export async function transferFigures(runs: number): Promise<Figure[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-file-"));
  const file = path.join(folder, "large.bin");
  fs.writeFileSync(file, randomBytes(mebibytes * 1024 * 1024));
  const twin = await startTwin();
  const [stored, read]: [number[], number[]] = [[], []];
  try {
    // The first transfer makes the file and warms the code up; it is not counted.
    for (let run = 0; run <= runs; run++) {
      const up = await curl(["-T", file, `${twin.url}/large.bin`]);
      const down = await curl(["-o", "/dev/null", `${twin.url}/large.bin`]);
      if (run > 0) {
        stored.push(mebibytes / up);
        read.push(mebibytes / down);
      }
    }
  } finally {
    await twin.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const goal = { atLeast: 500 };
  return [
    { what: `STOR of ${mebibytes} MiB`, unit: "MiB/s", values: stored, goal },
    { what: `RETR of ${mebibytes} MiB`, unit: "MiB/s", values: read, goal },
  ];
}

/** Seconds of the transfer itself, login left out, by curl's own clock. */
async function curl(args: readonly string[]): Promise<number> {
  const child = spawn("curl", ["-sS", "-w", "%{time_pretransfer} %{time_total}", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`curl ended with ${code}`);
  const [before, total] = output.split(" ").map(Number);
  return total - before;
}
