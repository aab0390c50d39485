import { RunCli } from "../../../soracom/run-cli";
import { Surroundings } from "../../../cli/core/surroundings";
import { RunTool, ToolResult } from "../../../cli/core/tool";
import { KEYS, Lab } from "../../soracom/lab";
import { root } from "../../support/golden";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  document<T>(): T;
}

type Run = (argv: readonly string[], surroundings: Surroundings) => Promise<number>;

export interface RunOptions {
  readonly runCli?: RunCli;
  readonly runTool?: RunTool;
  readonly env?: NodeJS.ProcessEnv;
  readonly stop?: AbortSignal;
  readonly errorIsTerminal?: boolean;
}

/** Runs a command line in this process, with the lab's SORACOM and with pulumi and aws as told. */
export async function run(
  command: Run,
  argv: readonly string[],
  lab: Lab,
  options: RunOptions = {},
): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const code = await command(argv, {
    root,
    env: { ...KEYS, CANAL_FTP_POLL_SECONDS: "0.001", ...options.env },
    out: (text) => void (stdout += text),
    error: (text) => void (stderr += text),
    errorIsTerminal: options.errorIsTerminal ?? false,
    stop: options.stop ?? new AbortController().signal,
    runTool: options.runTool ?? noTool,
    runCli: options.runCli ?? lab.runCli(true),
  });
  return { code, stdout, stderr, document: <T>() => JSON.parse(stdout) as T };
}

/** A machine without pulumi and aws. */
export const noTool: RunTool = () => Promise.resolve({ code: undefined, stdout: "", stderr: "" });

/** What a program that went well leaves. */
export function printing(document: unknown): ToolResult {
  return { code: 0, stdout: `${JSON.stringify(document, null, 4)}\n`, stderr: "" };
}
