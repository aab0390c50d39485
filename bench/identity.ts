import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { deflateRawSync } from "node:zlib";

import { bundleFunction } from "../lambdas/bundle";
import { hashPassword } from "../lambdas/identity-provider/password";
import { cpuShare, type CpuShare } from "./identity/cpu-share";
import { functionEnvironment } from "./identity/function-environment";
import { attempt, invoke } from "./identity/invoke";
import { quotedFigures } from "./identity/quoted";
import { TableServer } from "./identity/table";
import { Figure, median, root } from "./measure";

const password = "Rq7mZt2KxW9bLc4";

/** Numbers of users in the table; a look-up must take the same time with all of them. */
const sizes = [10, 1000, 100_000];
const usualSize = 1000;

/** Events of one process: a p99 needs many, and events with a hash take longer. */
const counts = { remembered: 300, hashed: 40 };

const variants = [
  { name: "own client", entry: "lambdas/identity-provider/handler.ts", isOurs: true },
  { name: "AWS SDK", entry: "bench/identity/sdk-handler.ts", isOurs: false },
];

/**
 * The identity provider's function compared with the same function built on the AWS SDK, each run in fresh processes of
 * plain Node with the bundle that would be deployed, against a table in memory.
 */
export async function identityFigures(runs: number): Promise<Figure[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-bench-"));
  const tables = await TableServer.start();
  const share = cpuShare(512 / 1769);
  try {
    const hash = await hashPassword(password);
    for (const size of sizes) await tables.fill(`users-${size}`, size, hash);
    const figures: Figure[] = [];
    for (const { name, entry, isOurs } of variants) {
      const code = await bundleFunction(path.join(root, entry));
      const bundle = path.join(folder, `${path.basename(entry, ".ts")}.js`);
      fs.writeFileSync(bundle, code);
      const subject = { name, bundle, tables, runs, isOurs };
      figures.push({
        what: `${name}: bundle, zipped`,
        unit: "KiB",
        values: [deflateRawSync(code, { level: 9 }).length / 1024],
        goal: isOurs ? { atMost: 12 } : undefined,
      });
      figures.push(...(await firstReplies(subject, share)));
      figures.push(...(await warmDecisions(subject)));
      if (isOurs) figures.push(...(await bySize(subject)));
    }
    return [...figures, ...quotedFigures];
  } finally {
    tables.stop();
    share.remove();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface Subject {
  readonly name: string;
  readonly bundle: string;
  readonly tables: TableServer;
  readonly runs: number;
  /** Only the project's own function has goals. */
  readonly isOurs: boolean;
}

async function firstReplies(subject: Subject, share: CpuShare): Promise<Figure[]> {
  const { name, bundle, runs, isOurs } = subject;
  const environment = environmentOf(subject, usualSize);
  const [withoutHash, withHash, shared]: number[][] = [[], [], []];
  const right = attempt("dev-1", password);
  for (let run = 0; run < runs; run++) {
    // A locked attempt is decided after the lookup, without a hash.
    const locked = attempt("locked", password);
    withoutHash.push((await invoke(bundle, [locked], environment, false)).firstReplyMs);
    withHash.push((await invoke(bundle, [right], environment, true)).firstReplyMs);
    shared.push((await invoke(bundle, [right], environment, true, share)).firstReplyMs);
  }
  const goal = (atMost: number) => (isOurs ? { atMost } : undefined);
  return [
    {
      what: `${name}: fresh process to first reply, no hash`,
      unit: "ms",
      values: withoutHash,
      goal: goal(100),
    },
    { what: `${name}: fresh process to first reply, with the hash`, unit: "ms", values: withHash },
    {
      what: `${name}: first reply at the CPU share of 512 MB (${share.method})`,
      unit: "ms",
      values: shared,
      goal: goal(500),
    },
  ];
}

async function warmDecisions(subject: Subject): Promise<Figure[]> {
  const { name, bundle, tables, runs, isOurs } = subject;
  const environment = environmentOf(subject, usualSize);
  const lookUp = tables.lookUp(environment.TABLE_NAME);
  const events = (count: number) => Array.from({ length: count }, () => attempt("dev-1", password));
  const peaks: number[] = [];
  const figures: Figure[] = [];
  for (const withHash of [false, true]) {
    const [decisions, bare]: number[][][] = [[], []];
    const kind = { ...environment, ...(withHash ? { REMEMBER_SECONDS: "0" } : {}) };
    const bareWork = { BENCH_ALONE: JSON.stringify({ lookUp, withHash }) };
    for (let run = 0; run < runs; run++) {
      const count = withHash ? counts.hashed : counts.remembered;
      const invoked = await invoke(bundle, events(count), { ...kind, ...bareWork }, true);
      decisions.push(warm(invoked.times));
      bare.push(warm(invoked.alone));
      // Memory is measured without the baseline work, which needs memory of its own.
      if (withHash) peaks.push((await invoke(bundle, events(count), kind, true)).peakMiB);
    }
    const figure = (what: string, runsOf: number[][], share: number): Figure => ({
      what: `${name}: ${what}`,
      unit: "ms",
      values: runsOf.map((times) => percentile(times, share)),
    });
    const [how, work] = withHash
      ? ["with the hash", "look-up and hash alone"]
      : ["remembered", "look-up alone"];
    const alone = figure(`${work}, same run, p50`, bare, 0.5);
    const atMost = Math.round((1 + median(alone.values)) * 100) / 100;
    const goal = isOurs ? { atMost } : undefined;
    figures.push(
      alone,
      { ...figure(`warm decision, ${how}, p50 (goal: 1 ms more)`, decisions, 0.5), goal },
      figure(`warm decision, ${how}, p99`, decisions, 0.99),
    );
  }
  const goal = isOurs ? { atMost: 80 } : undefined;
  const what = `${name}: peak memory, with the hash`;
  return [...figures, { what, unit: "MiB", values: peaks, goal }];
}

/** Warm, remembered decisions for a few users of tables of different sizes. */
async function bySize(subject: Subject): Promise<Figure[]> {
  const medians = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (let run = 0; run < subject.runs; run++) {
    // Alternating in each run, so that other load of the machine affects all of them.
    for (const size of sizes) {
      const events = Array.from({ length: counts.remembered }, (_, index) =>
        attempt(`dev-${(index * 7919) % 10}`, password),
      );
      const { times } = await invoke(subject.bundle, events, environmentOf(subject, size), true);
      medians.get(size)!.push(percentile(times.slice(10), 0.5));
    }
  }
  const least = (size: number) => Math.min(...medians.get(size)!);
  return [
    ...sizes.map((size) => ({
      what: `${subject.name}: warm decision with ${size} users, p50`,
      unit: "ms",
      values: medians.get(size)!,
    })),
    {
      what: `${subject.name}: warm decision, 100000 users against 10 (least of the runs)`,
      unit: "times",
      values: [least(100_000) / least(10)],
      goal: { atMost: 1.25 },
    },
  ];
}

const environmentOf = ({ tables }: Subject, size: number) =>
  functionEnvironment(tables, `users-${size}`);

/** Without the first events, during which code is compiled. */
function warm(times: readonly number[]): number[] {
  return times.slice(Math.min(20, Math.floor(times.length / 4)));
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
