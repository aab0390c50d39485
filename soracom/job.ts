import { RunControl, sleep, waitFor } from "./run-control";
import { DriverError, isFailedCall } from "./errors";
import { Soracom } from "./soracom-api";

/** What every command works with. */
export interface Job {
  readonly soracom: Soracom;
  readonly control: RunControl;
}

/** How long to wait for something slow unless the spec says otherwise, in seconds. */
export const defaultTimeoutSeconds = 900;

/** Tries of a creation. */
const createTries = 3;

/** Checks whether something was made after all. A change can show later than the call that failed. */
const lateReads = 3;

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
      job.control.say(`${error.message}; looking whether ${what} was made after all`);
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
 * because what hangs on it is not gone yet: `look` returns which. Throws what `remove` threw last, or a
 * DriverError when it takes longer than `seconds`.
 */
export async function removeAndWait(
  job: Job,
  what: string,
  seconds: number,
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
  await waitFor(job.control, `${what} to be gone`, seconds, async () => {
    const seen = await look();
    return seen.gone ? { done: true } : { state: seen.state };
  });
}

/** The only one of them, or none. Throws a DriverError naming all when there are several: never guess. */
export function onlyOne<T>(
  what: string,
  owner: string,
  items: readonly T[],
  id: (item: T) => string,
): T | undefined {
  if (items.length > 1) {
    throw new DriverError(
      `There are ${items.length} ${what} for "${owner}": ${items.map(id).join(", ")}. Delete all but the one in use by hand in SORACOM's console and run the same command again.`,
    );
  }
  return items[0];
}
