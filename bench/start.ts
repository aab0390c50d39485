import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as readline from "node:readline";

import { freeRange } from "../test/support/free-ports";
import { Figure, root, scratch, seconds } from "./measure";

export interface StartedTwin {
  readonly ftp: { readonly host: string; readonly port: number };
  /** Its folder. */
  readonly data: string;
  readonly readySeconds: number;
  stop(): Promise<void>;
}

/** `npm start`, measured to its ready line. */
export async function startTwin(): Promise<StartedTwin> {
  const data = scratch();
  const args = [
    "start",
    "-s",
    "--",
    "--json",
    "--port",
    "0",
    "--passive-ports",
    (await freeRange(9)).join("-"),
  ];
  const started = process.hrtime.bigint();
  const child = spawn("npm", [...args, "--data", data, "--user", "bench:benchmark"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    // A process group of its own, because npm does not forward signals.
    detached: true,
  });
  const line = await new Promise<string>((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`npm start ended with ${code}`)));
  });
  const readySeconds = seconds(started);
  const { ftp } = JSON.parse(line) as { ftp: { host: string; port: number } };
  return {
    ftp,
    data,
    readySeconds,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      process.kill(-child.pid!, "SIGTERM");
      await ended;
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Time from `npm start` to its ready line. */
export async function startFigures(runs: number): Promise<Figure[]> {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) {
    const twin = await startTwin();
    values.push(twin.readySeconds);
    await twin.stop();
  }
  return [{ what: "npm start to ready", unit: "s", values, goal: { atMost: 3 } }];
}
