import * as path from "node:path";

import type { Surroundings } from "./surroundings";
import { processTool } from "./tool";

/** Runs a command line in this process, and ends it with the exit code. */
export function runProcess(
  run: (argv: readonly string[], surroundings: Surroundings) => Promise<number>,
): void {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // A second signal is somebody in a hurry.
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  }
  const root = path.join(__dirname, "..", "..");
  const surroundings: Surroundings = {
    root,
    env: process.env,
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    errorIsTerminal: process.stderr.isTTY === true,
    stop: stop.signal,
    runTool: processTool(root, process.env),
  };
  void run(process.argv.slice(2), surroundings).then((exitCode) => (process.exitCode = exitCode));
}
