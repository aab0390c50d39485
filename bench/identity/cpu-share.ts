/**
 * Limits a process to a share of one processor, as Lambda limits a function with little memory: n MB have n/1769 of a
 * vCPU (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). It uses a cgroup if this machine
 * permits it, otherwise it stops and continues the process, which is less exact.
 */
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Period of the share in milliseconds; the kernel's default. */
const periodMs = 100;

/** A method to limit a process to a share. */
export interface CpuShare {
  /** Name of the method, for the figure. */
  readonly method: string;
  /** Prefix of the command line of the process. */
  readonly prefix: readonly string[];
  /** Called after the process has started; call the returned function after it has ended. */
  hold(child: ChildProcess): () => void;
  remove(): void;
}

/** @param share - Of one processor, for example 512 / 1769. */
export function cpuShare(share: number): CpuShare {
  return byCgroup(share) ?? bySignals(share);
}

function byCgroup(share: number): CpuShare | undefined {
  const quota = Math.round(periodMs * 1000 * share);
  const name = `canal-ftp-bench-${process.pid}`;
  const kinds = [
    // Version 1, then version 2.
    {
      root: "/sys/fs/cgroup/cpu",
      files: { "cpu.cfs_period_us": `${periodMs * 1000}`, "cpu.cfs_quota_us": `${quota}` },
    },
    { root: "/sys/fs/cgroup", files: { "cpu.max": `${quota} ${periodMs * 1000}` } },
  ];
  for (const { root, files } of kinds) {
    const group = path.join(root, name);
    const remove = () => {
      if (fs.existsSync(group)) fs.rmdirSync(group);
    };
    try {
      if (!fs.existsSync(path.join(root, "cgroup.procs"))) continue;
      fs.mkdirSync(group);
      for (const [file, value] of Object.entries(files)) {
        // The kernel creates this file in a cgroup with a processor controller.
        fs.accessSync(path.join(group, file));
        fs.writeFileSync(path.join(group, file), value);
      }
      const join = `echo $$ > ${group}/cgroup.procs && exec "$0" "$@"`;
      const prefix = ["/bin/sh", "-c", join];
      return { method: "cgroup quota", prefix, hold: () => () => {}, remove };
    } catch {
      remove();
    }
  }
  return undefined;
}

function bySignals(share: number): CpuShare {
  return {
    method: "stopped and continued",
    prefix: [],
    hold(child) {
      let pause: NodeJS.Timeout | undefined;
      const run = () => {
        child.kill("SIGCONT");
        pause = setTimeout(() => child.kill("SIGSTOP"), periodMs * share);
      };
      run();
      const timer = setInterval(run, periodMs);
      return () => {
        clearInterval(timer);
        clearTimeout(pause);
      };
    },
    remove: () => {},
  };
}
