import { execFile } from "node:child_process";

/** What a finished program left. */
export interface ToolResult {
  /** Undefined when there is no such program. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pulumi` or `aws` to its end. */
export type RunTool = (program: "pulumi" | "aws", args: readonly string[]) => Promise<ToolResult>;

/** Time after which a program counts as hanging. */
const LIMIT_MS = 120_000;

/** A RunTool that starts processes. Neither program is handed a SORACOM key, which it has no use for. */
export function processTool(root: string, env: NodeJS.ProcessEnv): RunTool {
  const passed = Object.entries(env).filter(([name]) => !name.startsWith("SORACOM_AUTH_KEY"));
  // An AWS CLI that opens a pager would wait for a key press.
  const more = { AWS_PAGER: "", PULUMI_SKIP_UPDATE_CHECK: "true" };
  const childEnv = { ...Object.fromEntries(passed), ...more };
  const options = { cwd: root, env: childEnv, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 };
  return (program, args) =>
    new Promise((resolve) => {
      execFile(program, args, options, (error, stdout, stderr) => {
        const { code } = (error ?? { code: 0 }) as { code?: number | string };
        if (code === "ENOENT" || code === "EACCES") {
          resolve({ code: undefined, stdout: "", stderr: "" });
        } else {
          resolve({ code: typeof code === "number" ? code : 1, stdout, stderr });
        }
      });
    });
}
