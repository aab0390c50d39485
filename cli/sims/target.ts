import { connect } from "../../soracom/connect";
import type { Job } from "../../soracom/job";
import type { Coverage } from "../../soracom/spec";
import { readOutputs, readStackFile } from "../core/stack";
import type { CliContext } from "../core/context";

export interface TargetOptions {
  readonly stack: string;
  /** Id of the group, instead of the stack's output simGroupId. */
  readonly group?: string;
  /** Requests to SORACOM's API per second. */
  readonly rate: number;
  readonly verbose?: boolean;
}

/** A stack's group, and the connection to SORACOM. */
export interface Target {
  readonly groupId: string;
  readonly job: Job;
  /** Prints a line above the line of the progress. */
  print(line: string): void;
  explain(error: unknown): unknown;
}

export async function openTarget(options: TargetOptions, context: CliContext): Promise<Target> {
  const { root, error, errorIsTerminal } = context;
  const { coverage } = readStackFile(root, options.stack).values;
  const groupId = options.group ?? (await readOutputs(options.stack, context)).simGroupId;
  // On a terminal, the line of the progress is overwritten. It continues below.
  const print = (line: string) => error(`${errorIsTerminal ? "\r\u001b[K" : ""}${line}\n`);
  const connected = connect(coverage as Coverage, {
    ...context,
    // Messages about retries would hide the progress.
    log: (line) => (options.verbose ? error(`${line}\n`) : undefined),
    requestsPerSecond: options.rate,
    reportWait: print,
  });
  return { groupId, print, ...connected };
}
