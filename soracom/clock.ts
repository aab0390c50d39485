import { setTimeout as delay } from "node:timers/promises";

/** Time, as waits and limits measure it. */
export interface Clock {
  /** Milliseconds since any moment. */
  now(): number;
  /** Resolves after this time, or when the signal is aborted. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  delay: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};
