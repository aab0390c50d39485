import { type ChildProcess, spawn } from "node:child_process";
import * as readline from "node:readline";

/** The inputs of a script; the names are those of `command.local.Command`. */
export interface Script {
  readonly text: string;
  readonly interpreter?: readonly string[];
  readonly dir?: string;
  readonly stdin?: string;
  /** In addition to the provider's own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logging?: string;
}

/** Scripts in progress. */
const running = new Set<ChildProcess>();

/** Ends scripts in progress as the provider does when the engine is cancelled: by SIGKILL, without child processes. */
export function killRunning(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Runs the script; resolves to its output without one newline at the end. Rejects when it fails. */
export function run(
  script: Script,
  log: (line: string) => void,
): Promise<{ stdout: string; stderr: string }> {
  const { interpreter = ["/bin/sh", "-c"], logging = "stdoutAndStderr" } = script;
  const [command, ...args] = [...interpreter, script.text];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: script.dir,
      env: { ...process.env, ...script.environment },
    });
    running.add(child);
    child.on("close", () => running.delete(child));
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].on("data", (chunk: Buffer) => (printed[stream] += chunk.toString()));
      if (logging.toLowerCase().includes(stream)) {
        readline.createInterface({ input: child[stream] }).on("line", log);
      }
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const { stdout, stderr } = printed;
      if (code === 0) resolve({ stdout: trim(stdout), stderr: trim(stderr) });
      else
        reject(
          new Error(`${signal ?? `exit status ${code}`}: running "${script.text}":\n${stderr}`),
        );
    });
    // A script that does not read its input ends before it is written.
    child.stdin.on("error", () => undefined);
    child.stdin.end(script.stdin ?? "");
  });
}

const trim = (text: string) => text.replace(/\r?\n$/, "");
