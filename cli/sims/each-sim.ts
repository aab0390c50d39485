import { Problem, isFailedCall } from "../../soracom/problem";
import { isStopped } from "../core/errors";

/** What became of the SIMs so far. */
export interface Tally {
  readonly total: number;
  done: number;
  /** After the last try. */
  readonly failed: { readonly simId: string; readonly reason: string }[];
  /** Why the rest was not tried. */
  stopped?: string;
}

/** Failures one after the other that end the run: then it is not the SIMs that are wrong. */
const FAILURES_TO_STOP = 20;

/**
 * Does something for each SIM, several at a time. One that fails keeps no other from it, and is tried once more at
 * the end: by then what was wrong for a moment is over. A Problem (no CLI, a refused key, a stop that was asked for)
 * would be the same for every SIM: it ends the run once the SIMs in work are through.
 *
 * @param report - Called after every SIM.
 */
export async function eachSim(
  simIds: readonly string[],
  width: number,
  act: (simId: string) => Promise<unknown>,
  report: (tally: Tally) => void,
): Promise<Tally> {
  const tally: Tally = { total: simIds.length, done: 0, failed: [] };
  let inARow = 0;
  let fault: unknown;

  async function round(queue: Iterator<string>): Promise<void> {
    for (;;) {
      const { value: simId, done } = queue.next() as IteratorResult<string, undefined>;
      if (done || simId === undefined || tally.stopped !== undefined) return;
      try {
        await act(simId);
        tally.done++;
        inARow = 0;
      } catch (error) {
        const { message } = error as Error;
        if (isFailedCall(error)) {
          tally.failed.push({ simId, reason: message });
          if (++inARow >= FAILURES_TO_STOP) tally.stopped = message;
        } else {
          tally.stopped ??= isStopped(error) ? "asked to stop" : message;
          if (!(error instanceof Problem)) fault ??= error;
        }
      }
      report(tally);
    }
  }
  const all = (queue: Iterator<string>) =>
    Promise.all(Array.from({ length: width }, () => round(queue)));

  await all(simIds.values());
  if (tally.stopped === undefined) {
    inARow = 0;
    await all(
      tally.failed
        .splice(0)
        .map(({ simId }) => simId)
        .values(),
    );
  }
  if (fault !== undefined) throw fault;
  return tally;
}
