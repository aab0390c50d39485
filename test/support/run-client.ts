import { spawn, spawnSync } from "node:child_process";

/** Whether a program is on this machine; a test that needs it skips itself otherwise. */
export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** Runs a client to its end with a text on its standard input. */
export function runClient(
  program: string,
  args: readonly string[],
  input = "",
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], timeout: 15_000 });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
