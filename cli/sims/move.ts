import type { Job } from "../../soracom/job";
import { exitCodes, usageError } from "../core/errors";
import type { CliContext } from "../core/context";
import { Progress } from "../core/progress";
import { type Tally, eachSim } from "./each-sim";
import { givenSims } from "./given";
import { type TargetOptions, openTarget } from "./target";
import { type Members, type Tasks, attachTasks, detachTasks, readMembers } from "./tasks";

export interface MoveOptions extends TargetOptions {
  readonly file?: string;
  readonly parallel: number;
  /** Of detach only. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Moves SIMs into the stack's group. Resolves with the exit code. */
export function attachSims(
  simIds: readonly string[],
  options: MoveOptions,
  context: CliContext,
): Promise<number> {
  const sims = givenSims(simIds, options.file);
  return moveSims("attached", sims, attachTasks, options, context);
}

/** Returns SIMs of the stack's group to their previous groups. Resolves with the exit code. */
export function detachSims(
  simIds: readonly string[],
  options: MoveOptions,
  context: CliContext,
): Promise<number> {
  if (options.all && (simIds.length > 0 || options.file !== undefined)) {
    throw usageError("--all selects every SIM of the group: give no SIM and no --file with it.");
  }
  const sims = options.all ? "all" : givenSims(simIds, options.file);
  return moveSims("detached", sims, detachTasks, options, context);
}

type Verb = "attached" | "detached";

async function moveSims(
  verb: Verb,
  given: readonly string[] | "all",
  tasksOf: (job: Job, members: Members, simIds: readonly string[]) => Tasks,
  options: MoveOptions,
  context: CliContext,
): Promise<number> {
  const { groupId, job, explain } = await openTarget(options, context);
  try {
    const members = await readMembers(job, groupId);
    const simIds = given === "all" ? [...members.sims.keys()] : given;
    const tasks = tasksOf(job, members, simIds);
    const progress = new Progress(verb, context);
    const stateOf = (tally: Tally) => ({ ...tally, failed: tally.failed.length });
    const tally = await eachSim(tasks, options.parallel, (soFar) =>
      progress.report(stateOf(soFar)),
    );
    progress.finish(stateOf(tally));
    return printTally(verb, groupId, simIds.length - tasks.size, tally, options, context);
  } catch (error) {
    throw explain(error);
  }
}

function printTally(
  verb: Verb,
  groupId: string,
  unchanged: number,
  { total, done, failed, stopped }: Tally,
  { json, stack }: MoveOptions,
  { out }: CliContext,
): number {
  const left = total - done - failed.length;
  if (json) {
    out(`${JSON.stringify({ stack, groupId, [verb]: done, unchanged, left, failed, stopped })}\n`);
  } else {
    const lines = [
      `Group ${groupId}: ${done} ${verb}, ${unchanged} unchanged, ${failed.length} failed, ${left} left.`,
      ...failed.map(({ simId, reason }) => `  ${simId}: ${reason}`),
      ...(stopped === undefined ? [] : [`Stopped: ${stopped}.`]),
      ...(left + failed.length > 0 ? ["Run the same command again to continue."] : []),
    ];
    out(lines.map((line) => `${line}\n`).join(""));
  }
  return left + failed.length > 0 ? exitCodes.failed : exitCodes.ok;
}
