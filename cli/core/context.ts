import type { Fetch } from "../../soracom/api-client";
import type { Clock } from "../../soracom/clock";
import type { RunCli } from "../../soracom/run-cli";
import type { AwsApi, AwsTarget } from "./aws";
import type { RunProgram } from "./run-program";

/** Everything outside the process that a command uses; tests pass their own. */
export interface CliContext {
  /** Folder of the Pulumi project. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes results to standard output. */
  out(text: string): void;
  /** Writes progress, notices and errors to standard error. */
  error(text: string): void;
  /** Whether standard error is a terminal, where a progress line can be overwritten. */
  readonly errorIsTerminal: boolean;
  /** Reads standard input to its end. */
  input(): Promise<string>;
  /** Asks a question on standard error, and reads a line of standard input. */
  ask(question: string): Promise<string>;
  /** Aborted when the command has to stop (SIGINT, SIGTERM, closed standard output). */
  readonly stop: AbortSignal;
  /** Runs `pulumi`. */
  readonly runProgram: RunProgram;
  /** Runs the soracom CLI. Default: as a process. */
  readonly runCli?: RunCli;
  /** Sends requests to SORACOM's API. Default: Node's. */
  readonly fetch?: Fetch;
  /** Clock of waits for SORACOM. Default: the system's. */
  readonly clock?: Clock;
  /** Access to AWS. */
  readonly aws: (target: AwsTarget) => AwsApi;
  /** The current time in epoch seconds. */
  now(): number;
}
