import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** One figure: the values of several runs, and the goal. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** The limit of the median; undefined for a figure without a goal. */
  readonly goal?: { readonly atMost?: number; readonly atLeast?: number };
}

export const root = path.join(__dirname, "..");

export const seconds = (from: bigint) => Number(process.hrtime.bigint() - from) / 1e9;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Whether the median meets the goal; undefined without one. */
export function meetsGoal({ values, goal }: Figure): boolean | undefined {
  if (!goal) return undefined;
  const middle = median(values);
  return middle <= (goal.atMost ?? Infinity) && middle >= (goal.atLeast ?? -Infinity);
}

/** Folder for the files of measured servers: in memory if the system has such a folder, so that no disk is measured. */
const scratchHome = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();

const scratches: string[] = [];
process.once("exit", () => {
  for (const folder of scratches) fs.rmSync(folder, { recursive: true, force: true });
});

/** A new folder for measured files, which is removed when this process ends. */
export function scratch(): string {
  const folder = fs.mkdtempSync(path.join(scratchHome, "canal-ftp-bench-"));
  scratches.push(folder);
  return folder;
}

export interface ProcessFigures {
  readonly wallSeconds: number;
  /** Largest resident set of the process, MiB. */
  readonly peakMiB: number;
  /** Of all its threads. */
  readonly processorSeconds: number;
  readonly stdout: string;
}

/**
 * Runs Node with a program and measures its duration; the process reports its own memory and processor time.
 *
 * @param environment - Variables in addition to those of this process.
 */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProcessFigures> {
  const report = path.join(os.tmpdir(), `canal-ftp-usage-${process.pid}-${Date.now()}`);
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ["-r", path.join(__dirname, "report-usage.cjs"), ...args], {
    cwd: root,
    env: { ...process.env, ...environment, USAGE_REPORT: report },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const wallSeconds = seconds(started);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${stdout}`);
  const usage = JSON.parse(fs.readFileSync(report, "utf8")) as NodeJS.ResourceUsage;
  fs.rmSync(report);
  return {
    wallSeconds,
    peakMiB: usage.maxRSS / 1024,
    processorSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    stdout,
  };
}

/** Options of Node for a program in TypeScript. */
export const typescript = ["-r", "ts-node/register"];
