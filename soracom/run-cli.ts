import { spawn } from "node:child_process";
import { DriverError } from "./errors";

/** The result of a finished CLI process. */
export interface CliResult {
  /** null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the SORACOM CLI once with these arguments and this environment. */
export type RunCli = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<CliResult>;

/**
 * The CLI ends a call after 120 s; its log-in before the call retries for up to 120 s more.
 * A process that runs longer hangs.
 */
const callTimeoutMs = 300_000;

/** Where to get the CLI; part of every sentence about a missing or unsuitable one. */
export const installHint =
  "install soracom-cli v1.7.0 or newer from https://github.com/soracom/soracom-cli/releases and put it on PATH, or name it in SORACOM_CLI";

/**
 * A RunCli that starts `command` (a name on PATH or a path) as a process.
 * Rejects with a DriverError when there is no such command or it may not be executed.
 */
export function processRunner(command: string): RunCli {
  return (args, env) =>
    new Promise((resolve, reject) => {
      // Its own process group: Ctrl-C in a terminal goes to the whole group, and would otherwise end the
      // CLI in the middle of a call, whose outcome would then be unknown.
      const child = spawn(command, args, {
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const limit = setTimeout(() => child.kill("SIGKILL"), callTimeoutMs);
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(limit);
        reject(
          error.code === "ENOENT" || error.code === "EACCES"
            ? new DriverError(`The SORACOM CLI "${command}" cannot be started: ${installHint}.`)
            : error,
        );
      });
      child.on("close", (exitCode) => {
        clearTimeout(limit);
        resolve({
          exitCode,
          stdout: Buffer.concat(stdout).toString("utf8"),
          stderr: Buffer.concat(stderr).toString("utf8"),
        });
      });
    });
}
