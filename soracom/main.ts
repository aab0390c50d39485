/**
 * The driver's command line, which the Command resources of components/internal/soracom-command.ts run:
 *
 *     node soracom/start.cjs "vpg ensure"
 *
 * Input: CANAL_FTP_SPEC, PULUMI_COMMAND_STDOUT and the SORACOM credentials, all from the environment. Output: one
 * line of JSON on stdout; progress and errors on stderr; exit code 0 or 1. SIGTERM and SIGINT stop it between two
 * calls.
 */
import { systemClock } from "./clock";
import { runCommand } from "./driver";
import { DriverError } from "./errors";
import { boundedProgress } from "./progress";

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => stop.abort());
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

runCommand(process.argv.slice(2).join(" ").split(" "), {
  env: process.env,
  stop: stop.signal,
  log: boundedProgress(log, systemClock),
}).then(
  (result) => {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  },
  (error: unknown) => {
    // Only an unexpected error is printed with its stack.
    log(error instanceof DriverError ? error.message : String((error as Error).stack ?? error));
    process.exitCode = 1;
  },
);
