import { setTimeout as delay } from "node:timers/promises";

/** The clock of waits and limits. */
export interface Clock {
  /** Milliseconds since an arbitrary moment. */
  now(): number;
  /** Resolves after this time, or when the signal is aborted. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  delay: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};
