import { Caller } from "./caller";
import { identityFrom } from "./credentials";
import { Job } from "./job";
import { RunControl, pollMsFrom, timeoutSecondsFrom } from "./run-control";
import { DriverError, isFailedCall } from "./errors";
import { RunCli, processRunner } from "./run-cli";
import { Soracom } from "./soracom-api";
import { Coverage } from "./spec";

/** What a run takes from outside. */
export interface Outside {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  /** Progress, a line at a time. */
  say(line: string): void;
  /** Default: `cliOf` of the environment, as a process. */
  readonly runCli?: RunCli;
}

/** The SORACOM CLI to use: the one SORACOM_CLI names, else `soracom` on PATH. */
export function cliOf(env: NodeJS.ProcessEnv): string {
  return env.SORACOM_CLI || "soracom";
}

/**
 * What commands work with, for the credentials and the CLI of the environment. `explain` makes a DriverError with
 * a sentence out of a failed call, and leaves other errors as they are. Throws a DriverError when there are no
 * credentials.
 */
export function connect(
  coverage: Coverage,
  outside: Outside,
): { job: Job; explain(error: unknown): unknown } {
  const { env, stop, say, runCli = processRunner(cliOf(env)) } = outside;
  const control: RunControl = {
    pollMs: pollMsFrom(env),
    timeoutSeconds: timeoutSecondsFrom(env),
    stop,
    say,
  };
  const caller = new Caller(runCli, identityFrom(env), coverage, control);
  const job: Job = {
    soracom: new Soracom(caller),
    control,
    inCoverage: (other) => (other === coverage ? job : connect(other, outside).job),
  };
  return {
    job,
    explain: (error) => (isFailedCall(error) ? new DriverError(caller.sentence(error)) : error),
  };
}
