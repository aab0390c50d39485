import pLimit from "p-limit";

import { DriverError, isFailedCall } from "../../soracom/errors";
import { isStopped } from "../core/errors";
import type { Tasks } from "./tasks";

/** The result so far. */
export interface Tally {
  readonly total: number;
  done: number;
  /** SIMs whose last attempt failed. */
  failed: { readonly simId: string; readonly reason: string }[];
  /** Why the rest was not attempted. */
  stopped?: string;
}

/** Consecutive failures that end the run: the cause is then not the single SIM. */
const failuresToStop = 20;

/**
 * Runs the task of each SIM, several at the same time. A failed call affects its own SIM only, which is attempted
 * once more at the end, when a temporary cause may be over. Any other error (no CLI, a refused key, a requested stop)
 * would be the same for every SIM: it ends the run as soon as the tasks in progress are finished.
 *
 * @param report - Called after every SIM.
 */
export async function eachSim(
  tasks: Tasks,
  parallel: number,
  report: (tally: Tally) => void,
): Promise<Tally> {
  const tally: Tally = { total: tasks.size, done: 0, failed: [] };
  let consecutiveFailures = 0;
  let unexpected: unknown;

  async function attempt([simId, task]: readonly [string, () => Promise<unknown>]): Promise<void> {
    if (tally.stopped !== undefined) return;
    try {
      await task();
      tally.done++;
      consecutiveFailures = 0;
    } catch (error) {
      const { message } = error as Error;
      if (isFailedCall(error)) {
        tally.failed.push({ simId, reason: message });
        if (++consecutiveFailures >= failuresToStop) tally.stopped = message;
      } else {
        tally.stopped ??= isStopped(error) ? "interrupted" : message;
        if (!(error instanceof DriverError)) unexpected ??= error;
      }
    }
    report(tally);
  }

  const limit = pLimit(parallel);
  await limit.map(tasks, attempt);
  if (tally.stopped === undefined) {
    const again = new Set(tally.failed.map(({ simId }) => simId));
    tally.failed = [];
    consecutiveFailures = 0;
    await limit.map(
      [...tasks].filter(([simId]) => again.has(simId)),
      attempt,
    );
  }
  if (unexpected !== undefined) throw unexpected;
  return tally;
}
