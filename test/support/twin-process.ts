import { ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as readline from "node:readline";

import { freeRange } from "./free-ports";
import { root as projectRoot } from "./golden";

/** The line that `--json` promises. */
export interface ReadyLine {
  readonly ready: true;
  readonly ftp: {
    readonly host: string;
    readonly port: number;
    readonly passivePorts: [number, number];
  };
  readonly users: { readonly name: string; readonly password: string }[];
  readonly files: string;
  readonly bucket: string;
  /** Undefined for a stack that keeps no log of uploads. */
  readonly uploadLog?: string;
}

/** The twin as a user starts it: a process of its own. */
export interface TwinProcess {
  readonly ready: ReadyLine;
  /** Everything on standard output and standard error so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly data: string;
  /** Sends the signal and gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What a twin that does not come up leaves behind. */
export interface FailedStart {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function spawnTwin(args: readonly string[], root = projectRoot): ChildProcess {
  const script = path.join(root, "cli", "canal-ftp.cjs");
  return spawn(process.execPath, [script, "start", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/**
 * Starts a twin with `--json`, on passive ports that are free by default, and waits for its line.
 *
 * @param given `root` of another program than the project's, which has to have `twin/` in it; `data`, a folder that
 *   outlives the twin. Default: one of its own, which goes with it
 */
export async function startTwinProcess(
  args: readonly string[],
  given: { readonly root?: string; readonly data?: string } = {},
): Promise<TwinProcess> {
  const data = given.data ?? fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
  const ports = args.includes("--passive-ports")
    ? []
    : ["--passive-ports", (await freeRange(9)).join("-")];
  const child = spawnTwin(["--json", "--port", "0", ...ports, "--data", data, ...args], given.root);
  const output = collect(child);
  // With its output read to the end, which "exit" does not wait for.
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  const line = await Promise.race([
    new Promise<string>((resolve) =>
      readline.createInterface({ input: child.stdout! }).once("line", resolve),
    ),
    exit.then((code) => {
      throw new Error(`The twin ended with ${code}: ${output.stderr()}`);
    }),
  ]);
  return {
    ready: JSON.parse(line) as ReadyLine,
    ...output,
    data,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      const code = await exit;
      if (given.data === undefined) fs.rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

/** Runs a twin that is expected to end by itself. */
export async function runToExit(args: readonly string[], root = projectRoot): Promise<FailedStart> {
  const child = spawnTwin(args, root);
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout: output.stdout(), stderr: output.stderr() };
}

function collect(child: ChildProcess) {
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr!.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return { stdout: () => stdout, stderr: () => stderr };
}
