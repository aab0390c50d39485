import { Progress } from "../../lib/progress";
import { type BatchResult, eachSim } from "../../soracom/each-sim";
import { LostSettings } from "../../soracom/lost-settings";
import {
  GroupCache,
  type GroupMembers,
  attachSim,
  detachSim,
  finishDetaching,
  isAttached,
} from "../../soracom/sim";
import { readMembers } from "../../soracom/sims";
import { exitCodes, usageError } from "../core/errors";
import type { CliContext } from "../core/context";
import { type GivenSims, givenSims } from "./given";
import { type Target, type TargetOptions, openTarget } from "./target";

export interface MoveOptions extends TargetOptions {
  readonly file?: string;
  readonly parallel: number;
  /** Of detach only. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** The SIMs to change and the change; other SIMs are in the desired state. */
interface Work {
  readonly simIds: readonly string[];
  readonly act: (simId: string) => Promise<unknown>;
}

/** Moves SIMs into the stack's group. Resolves with the exit code. */
export function attachSims(
  simIds: readonly string[],
  options: MoveOptions,
  context: CliContext,
): Promise<number> {
  return moveSims("attached", givenSims(simIds, options.file), options, context, attachWork);
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
  const given = options.all ? "all" : givenSims(simIds, options.file);
  return moveSims("detached", given, options, context, detachWork);
}

function attachWork(
  { job, print }: Target,
  members: GroupMembers,
  simIds: readonly string[],
): Work {
  const { groupId } = members.group;
  const lost = new LostSettings(job, print);
  return {
    simIds: simIds.filter((simId) => !isAttached(members, simId)),
    act: (simId) => attachSim(job, members, simId, [groupId], new Map(), lost),
  };
}

/** A SIM that has left the group may still lack the last steps of an interrupted run. */
function detachWork(
  { job }: Target,
  { group, sims }: GroupMembers,
  simIds: readonly string[],
): Work {
  const groups = new GroupCache(job);
  return {
    simIds,
    act: (simId) => {
      const sim = sims.get(simId);
      return sim
        ? detachSim(job, group, sim, new Map(), groups)
        : finishDetaching(job, group, simId);
    },
  };
}

type Verb = "attached" | "detached";

async function moveSims(
  verb: Verb,
  given: GivenSims | "all",
  options: MoveOptions,
  context: CliContext,
  workOf: (target: Target, members: GroupMembers, simIds: readonly string[]) => Work,
): Promise<number> {
  const target = await openTarget(options, context);
  const { groupId, job, explain } = target;
  try {
    const members = await readMembers(job, groupId);
    const simIds = given === "all" ? [...members.sims.keys()] : given.simIds;
    const work = workOf(target, members, simIds);
    const { clock } = job.control;
    const progress = new Progress(verb, context, () => clock.now());
    const stateOf = (result: BatchResult) => ({ ...result, failed: result.failed.length });
    const result = await eachSim(work.simIds, work.act, options.parallel, (soFar) =>
      progress.report(stateOf(soFar)),
    );
    progress.finish(stateOf(result));
    const failed = result.failed.map(({ simId, reason }) => ({
      ...{ simId, place: given === "all" ? undefined : given.placeOf.get(simId), reason },
    }));
    const unchanged = simIds.length - work.simIds.length;
    return printResult({ ...result, verb, groupId, unchanged, failed }, options, context);
  } catch (error) {
    throw explain(error);
  }
}

interface Result extends Omit<BatchResult, "failed"> {
  readonly verb: Verb;
  readonly groupId: string;
  readonly unchanged: number;
  readonly failed: readonly { simId: string; place?: string; reason: string }[];
}

function printResult(
  { verb, groupId, total, done, unchanged, failed, stopped }: Result,
  { json, stack }: MoveOptions,
  { out }: CliContext,
): number {
  const left = total - done - failed.length;
  if (json) {
    out(`${JSON.stringify({ stack, groupId, [verb]: done, unchanged, left, failed, stopped })}\n`);
  } else {
    const lines = [
      `Group ${groupId}: ${done} ${verb}, ${unchanged} unchanged, ${failed.length} failed, ${left} left.`,
      ...failed.map(
        ({ simId, place, reason }) =>
          `  ${place === undefined ? "" : `${place}: `}${simId}: ${reason}`,
      ),
      ...(stopped === undefined ? [] : [`Stopped: ${stopped}.`]),
      ...(left + failed.length > 0 ? ["Run the same command again to continue."] : []),
    ];
    out(lines.map((line) => `${line}\n`).join(""));
  }
  return left + failed.length > 0 ? exitCodes.failed : exitCodes.ok;
}
