import pLimit from "p-limit";

import { DriverError, Stopped, UnknownSimError, isFailedCall } from "./errors";

/** The result so far. */
export interface BatchResult {
  readonly total: number;
  done: number;
  /** SIMs whose last attempt failed. */
  failed: { readonly simId: string; readonly reason: string }[];
  /** Reason why the rest was not attempted; undefined when all were. */
  stopped?: string;
}

/** SIMs in progress at the same time, unless the user gives a number. */
export const defaultParallel = 8;

/** Consecutive failed calls that end the run: the cause then does not depend on the SIM. */
const failuresToStop = 20;

/**
 * Acts on each SIM, several at the same time. A failed call affects its own SIM only, which is attempted once more at
 * the end, when a temporary cause may be over; a SIM that SORACOM does not have is not attempted again. Any other error
 * (a refused key, a requested stop) applies to every SIM: it ends the run as soon as the SIMs in progress are finished.
 *
 * @param report - Called after every SIM.
 */
export async function eachSim(
  simIds: readonly string[],
  act: (simId: string) => Promise<unknown>,
  parallel: number,
  report: (result: BatchResult) => void,
): Promise<BatchResult> {
  const result: BatchResult = { total: simIds.length, done: 0, failed: [] };
  const unknown: BatchResult["failed"] = [];
  let consecutiveFailures = 0;
  let unexpected: unknown;

  async function attempt(simId: string): Promise<void> {
    if (result.stopped !== undefined) return;
    try {
      await act(simId);
      result.done++;
      consecutiveFailures = 0;
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof UnknownSimError) {
        unknown.push({ simId, reason: message });
      } else if (isFailedCall(error)) {
        result.failed.push({ simId, reason: message });
        if (++consecutiveFailures >= failuresToStop) result.stopped = message;
      } else {
        result.stopped ??= error instanceof Stopped ? "interrupted" : message;
        if (!(error instanceof DriverError)) unexpected ??= error;
      }
    }
    report({ ...result, failed: [...unknown, ...result.failed] });
  }

  const limit = pLimit(parallel);
  await limit.map(simIds, attempt);
  if (result.stopped === undefined) {
    const again = result.failed.map(({ simId }) => simId);
    result.failed = [];
    consecutiveFailures = 0;
    await limit.map(again, attempt);
  }
  if (unexpected !== undefined) throw unexpected;
  return { ...result, failed: [...unknown, ...result.failed] };
}
