import { execFile } from "node:child_process";

/** Result of a finished program. */
export interface ProgramResult {
  /** Undefined when the program does not exist. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, which is forced after `timeoutMs` (default: 2 minutes). */
export type RunProgram = (
  program: "pulumi",
  args: readonly string[],
  timeoutMs?: number,
) => Promise<ProgramResult>;

const defaultTimeoutMs = 120_000;

/** A RunProgram that starts processes in a folder. SORACOM's keys are removed from their environment. */
export function processRunner(folder: string, env: NodeJS.ProcessEnv): RunProgram {
  const passed = Object.entries(env).filter(([name]) => !name.startsWith("SORACOM_AUTH_KEY"));
  const options = {
    cwd: folder,
    env: { ...Object.fromEntries(passed), PULUMI_SKIP_UPDATE_CHECK: "true" },
    maxBuffer: 64 * 1024 * 1024,
  };
  return (program, args, timeout = defaultTimeoutMs) =>
    new Promise((resolve) => {
      execFile(program, args, { ...options, timeout }, (error, stdout, stderr) => {
        const { code } = (error ?? { code: 0 }) as { code?: number | string };
        if (code === "ENOENT" || code === "EACCES") {
          resolve({ code: undefined, stdout: "", stderr: "" });
        } else {
          resolve({ code: typeof code === "number" ? code : 1, stdout, stderr });
        }
      });
    });
}
