import { RunControl, sleep, waitFor } from "./run-control";
import { isFailedCall } from "./errors";
import { SimApi } from "./sim-api";
import { Soracom } from "./soracom-api";
import type { Coverage } from "./spec";

/** What every command works with. */
export interface Job {
  /** VPGs, peerings and groups, through the CLI. */
  readonly soracom: Soracom;
  /** SIMs, through the API: there can be thousands. */
  readonly sims: SimApi;
  readonly control: RunControl;
  /** The same in another coverage. */
  inCoverage(coverage: Coverage): Job;
}

/** Tries of a creation. */
const createTries = 3;

/**
 * Reads of a list until it counts as complete: at the default interval of 5 s, a little more than the minute that
 * SORACOM may take to list what a call created.
 */
export const lateReads = 14;

/** Tries of a deletion that is refused while the thing is still there. */
const removeTries = 5;

/**
 * Finds something, or creates it. SORACOM has no idempotency token, so a creation whose call failed is
 * looked for several times before it is tried again. Throws what `create` threw last.
 */
export async function findOrCreate<T>(
  job: Job,
  what: string,
  find: () => Promise<T | undefined>,
  create: () => Promise<T>,
  /** Whether an earlier run may have started the creation: then it is waited for first. */
  maybeUnderWay = false,
): Promise<T> {
  const found = maybeUnderWay ? await appears(job, find) : await find();
  if (found !== undefined) return found;
  for (let attempt = 1; ; attempt++) {
    try {
      job.control.say(`creating ${what}`);
      return await create();
    } catch (error) {
      if (!isFailedCall(error)) throw error;
      job.control.say(`${error.message}; reading whether ${what} was created after all`);
      const late = await appears(job, find);
      if (late !== undefined) return late;
      if (attempt === createTries) throw error;
    }
  }
}

async function appears<T>(job: Job, find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let look = 1; ; look++) {
    const found = await find();
    if (found !== undefined || look === lateReads) return found;
    await sleep(job.control, job.control.pollMs);
  }
}

/**
 * Removes something and waits until it is gone. `remove` may be refused because it is gone already, or
 * because what depends on it is not gone yet: `look` returns which. Throws what `remove` threw last, or a
 * DriverError when it takes too long.
 */
export async function removeAndWait(
  job: Job,
  what: string,
  remove: () => Promise<void>,
  /** The state it is in while it still exists; `going` when removing it was begun. */
  look: () => Promise<{ gone: true } | { gone: false; going: boolean; state: string }>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    // First, and again after a failed call: it may be gone, or going, all the same.
    const seen = await look();
    if (seen.gone) return;
    if (seen.going) break;
    job.control.say(`removing ${what}`);
    try {
      await remove();
      break;
    } catch (error) {
      if (!isFailedCall(error)) throw error;
      job.control.say(error.message);
      if (attempt === removeTries) throw error;
      await sleep(job.control, job.control.pollMs);
    }
  }
  await waitFor(job.control, `${what} to be gone`, async () => {
    const seen = await look();
    return seen.gone ? { done: true } : { state: seen.state };
  });
}
