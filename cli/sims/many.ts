import { exitCodes, usageError } from "../core/errors";
import type { CliContext } from "../core/context";
import { type Tally, eachSim } from "./each-sim";
import { givenSims } from "./given";
import { Progress } from "./progress";
import { type TargetOptions, openTarget } from "./target";
import { type Work, attach, detach, readMembers } from "./work";

export interface ManyOptions extends TargetOptions {
  readonly file?: string;
  readonly parallel: number;
  /** Only of detach. */
  readonly all?: boolean;
  readonly json?: boolean;
}

export function attachMany(
  simIds: readonly string[],
  options: ManyOptions,
  context: CliContext,
): Promise<number> {
  return many("attached", givenSims(simIds, options.file), options, context, () => attach);
}

export function detachMany(
  simIds: readonly string[],
  options: ManyOptions,
  context: CliContext,
): Promise<number> {
  const given = options.all && simIds.length === 0 && options.file === undefined;
  if (options.all && !given) throw usageError("--all means every SIM: name none beside it.");
  const sims = given ? "all" : givenSims(simIds, options.file);
  return many("detached", sims, options, context, detach);
}

async function many(
  what: "attached" | "detached",
  given: readonly string[] | "all",
  options: ManyOptions,
  context: CliContext,
  workOf: (job: Awaited<ReturnType<typeof openTarget>>["job"]) => Work,
): Promise<number> {
  const { groupId, job, explain } = await openTarget(options, context);
  try {
    const members = await readMembers(job, groupId);
    const simIds = given === "all" ? [...members.sims.keys()] : given;
    const work = workOf(job);
    const todo = new Map(
      simIds.flatMap((simId) => {
        const act = work(job, members, simId);
        return act ? [[simId, act] as const] : [];
      }),
    );
    const progress = new Progress(what, context);
    const tally = await eachSim(
      [...todo.keys()],
      options.parallel,
      (simId) => todo.get(simId)!(),
      (soFar) => progress.tell(soFar),
    );
    return tell(what, groupId, simIds.length - todo.size, tally, options, context);
  } catch (error) {
    throw explain(error);
  }
}

function tell(
  what: "attached" | "detached",
  groupId: string,
  already: number,
  { total, done, failed, stopped }: Tally,
  { json, stack }: ManyOptions,
  { out }: CliContext,
): number {
  const left = total - done - failed.length;
  if (json) {
    out(`${JSON.stringify({ stack, groupId, [what]: done, already, left, failed, stopped })}\n`);
  } else {
    const lines = [
      `Group ${groupId}: ${done} ${what}, ${already} were as they should be, ${failed.length} failed, ${left} left.`,
      ...failed.map(({ simId, reason }) => `  ${simId}: ${reason}`),
      ...(stopped === undefined ? [] : [`Stopped: ${stopped}.`]),
      ...(left + failed.length > 0 ? ["The same command again goes on with the rest."] : []),
    ];
    out(lines.map((line) => `${line}\n`).join(""));
  }
  return left + failed.length > 0 ? exitCodes.failed : exitCodes.ok;
}
