import { spawn } from "node:child_process";
import * as path from "node:path";

import type { CpuShare } from "./cpu-share";
import { serverId } from "./table";

/** A login attempt, as Transfer Family passes it to the function. */
export function attempt(user: string, password: string): object {
  return { username: user, password, protocol: "FTP", serverId, sourceIp: "100.64.0.10" };
}

/** Times of one process of the function, in milliseconds. */
export interface InvocationTimes {
  /** From the start of the process to its first reply. */
  readonly firstReplyMs: number;
  /** Time of each event, measured inside the process. */
  readonly times: readonly number[];
  /** Time of the baseline work after each event, if requested. */
  readonly alone: readonly number[];
  readonly peakMiB: number;
  /** How each event ended, from the function's log. */
  readonly reasons: readonly string[];
}

/**
 * Runs a function's bundle in a fresh process over some events.
 *
 * @param granted - Whether the first reply has to be a grant, without which the figure is not valid.
 */
export async function invoke(
  bundle: string,
  events: readonly object[],
  environment: Readonly<Record<string, string>>,
  granted: boolean,
  share?: CpuShare,
): Promise<InvocationTimes> {
  const [program, ...args] = [
    ...(share?.prefix ?? []),
    process.execPath,
    path.join(__dirname, "host.cjs"),
  ];
  const started = performance.now();
  const child = spawn(program, args, {
    env: { ...environment, BENCH_BUNDLE: bundle },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.end(JSON.stringify(events));
  const release = share?.hold(child);
  let [firstReplyMs, output] = [0, ""];
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (firstReplyMs === 0 && output.includes("FIRST ")) firstReplyMs = performance.now() - started;
  });
  await new Promise((resolve) => child.on("close", resolve));
  release?.();
  const line = (mark: string) => new RegExp(`^${mark} (.*)$`, "m").exec(output)?.[1] ?? "";
  if (line("FIRST").includes('"Role"') !== granted || line("DONE") === "") {
    throw new Error(`${bundle} returned an unexpected reply:\n${output.slice(0, 2000)}`);
  }
  const reasons = [...output.matchAll(/^\{.*"Reason":"([^"]*)".*$/gm)].map(([, reason]) => reason);
  type Done = Pick<InvocationTimes, "times" | "alone" | "peakMiB">;
  return { firstReplyMs, reasons, ...(JSON.parse(line("DONE")) as Done) };
}
