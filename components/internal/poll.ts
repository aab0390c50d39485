import { setTimeout as delay } from "node:timers/promises";

/** How long a program waits for AWS to report a state. */
export interface Polling {
  readonly seconds: number;
  readonly pauseSeconds: number;
  /** Waits. Default: by a timer. */
  readonly pause?: (seconds: number) => Promise<unknown>;
}

/**
 * Reads until the result is accepted. Returns the last result, accepted or not, so that the caller reports the
 * failure.
 */
export async function poll<T>(
  read: () => Promise<T>,
  isAccepted: (result: T) => boolean,
  { seconds, pauseSeconds, pause = (length) => delay(length * 1000) }: Polling,
): Promise<T> {
  for (let waited = 0; ; waited += pauseSeconds) {
    const result = await read();
    if (isAccepted(result) || waited >= seconds) return result;
    await pause(pauseSeconds);
  }
}
