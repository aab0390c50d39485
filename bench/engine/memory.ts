import { execFileSync, fork } from "node:child_process";

/** Milliseconds between two samples. */
const interval = 250;

/** Samples the memory of child processes, in a separate process so that sampling does not delay the measurement. */
export function watchMemory(): { peak(): Promise<number> } {
  const watcher = fork(__filename, [String(process.pid)], { execArgv: process.execArgv });
  return {
    /** The maximum in MiB; ends the sampling. */
    peak: () =>
      new Promise((resolve, reject) => {
        watcher.once("message", (peak: number) => resolve(peak));
        watcher.once("exit", () => reject(new Error("The memory watch has ended.")));
        watcher.send("end");
      }),
  };
}

/** Resident memory of all descendants of a process in MiB, without this process. */
function belowMiB(root: number): number {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  const processes = list
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([pid, parent]) => pid !== process.pid && parent !== process.pid);
  const family = new Set([root]);
  let kilobytes = 0;
  // Children follow their parents in the list, except after a wrap-around of process ids: a second pass finds those.
  for (let pass = 0; pass < 2; pass++) {
    for (const [pid, parent, rss] of processes) {
      if (!family.has(parent) || family.has(pid)) continue;
      family.add(pid);
      kilobytes += rss;
    }
  }
  return kilobytes / 1024;
}

function watch(root: number): void {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, belowMiB(root))), interval);
  process.once("message", () => {
    clearInterval(timer);
    process.send!(peak, () => process.exit());
  });
}

if (require.main === module) watch(Number(process.argv[2]));
