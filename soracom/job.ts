import type { Access } from "./access";
import type { Existing } from "./permissions";
import { RunControl, sleep, waitFor } from "./run-control";
import { isFailedCall } from "./errors";
import { SimApi } from "./sim-api";
import { Soracom } from "./soracom-api";
import type { Coverage } from "./spec";

/** The connection that all commands use. */
export interface Job {
  /** VPGs, peerings and groups, through the CLI. */
  readonly soracom: Soracom;
  /** SIMs, through the API: there can be thousands. */
  readonly sims: SimApi;
  readonly control: RunControl;
  /** Whether SORACOM can be reached, and what the key may do. */
  readonly access: Access;
  /** Checks what every change needs. Throws a DriverError. */
  checkBefore(existing?: readonly Existing[]): Promise<void>;
  /** The same in another coverage. */
  inCoverage(coverage: Coverage): Job;
}

/** Attempts of a creation. */
const maxCreateAttempts = 3;

/**
 * Reads of a list until it counts as complete: at the default interval of 5 s, slightly more than the minute that
 * SORACOM may take to list a created item.
 */
export const readsUntilComplete = 14;

/** Attempts of a deletion that is refused while the item still exists. */
const maxRemoveAttempts = 5;

/**
 * Finds an item, or creates it. SORACOM has no idempotency token, so after a failed call the list is read several
 * times before the creation is attempted again. Throws the last error of `create`.
 */
export async function findOrCreate<T>(
  job: Job,
  what: string,
  find: () => Promise<T | undefined>,
  create: () => Promise<T>,
  /** Whether an earlier run may have started the creation: then this run first waits for its result. */
  maybeUnderWay = false,
): Promise<T> {
  const found = maybeUnderWay ? await appears(job, find) : await find();
  if (found !== undefined) return found;
  for (let attempt = 1; ; attempt++) {
    try {
      job.control.log(`creating ${what}`);
      return await create();
    } catch (error) {
      if (!isFailedCall(error)) throw error;
      job.control.log(`${error.message}; reading whether ${what} was created after all`);
      const late = await appears(job, find);
      if (late !== undefined) return late;
      if (attempt === maxCreateAttempts) throw error;
    }
  }
}

async function appears<T>(job: Job, find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    const found = await find();
    if (found !== undefined || attempt === readsUntilComplete) return found;
    await sleep(job.control, job.control.pollMs);
  }
}

/**
 * Removes an item and waits until it no longer exists. SORACOM refuses `remove` when the item is already removed, and
 * when a dependent item still exists: `check` returns which. Throws what `remove` threw last, or a DriverError when it
 * takes too long.
 */
export async function removeAndWait(
  job: Job,
  what: string,
  remove: () => Promise<void>,
  /** The state of the item while it still exists; `going` when its removal has begun. */
  check: () => Promise<{ gone: true } | { gone: false; going: boolean; state: string }>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    // Also after a failed call, because the removal may have begun or completed despite the failure.
    const seen = await check();
    if (seen.gone) return;
    if (seen.going) break;
    job.control.log(`removing ${what}`);
    try {
      await remove();
      break;
    } catch (error) {
      if (!isFailedCall(error)) throw error;
      job.control.log(error.message);
      if (attempt === maxRemoveAttempts) throw error;
      await sleep(job.control, job.control.pollMs);
    }
  }
  await waitFor(job.control, `${what} to be gone`, async () => {
    const seen = await check();
    return seen.gone ? { done: true } : { state: seen.state };
  });
}
