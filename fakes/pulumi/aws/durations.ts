import { setTimeout as delay } from "node:timers/promises";

import { resourceTypes } from "../../../resources";

/** Seconds that AWS takes to create a resource of most types. */
const usualSeconds = 2;

/** Waits for the time that AWS takes to create a resource, multiplied by `TWIN_TIME` (default 0: no wait). */
export async function waitForCreation(type: string, env = process.env): Promise<void> {
  const seconds = resourceTypes[type]?.creationSeconds ?? usualSeconds;
  const ms = seconds * 1000 * Number(env.TWIN_TIME ?? 0);
  if (ms > 0) await delay(ms);
}
