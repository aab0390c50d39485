/** A time limit that is running. */
export interface Timer {
  /** Counts anew from now. */
  refresh(): void;
  cancel(): void;
}

/** Time as the endpoint knows it; a test may let a day pass in a second. */
export interface Clock {
  now(): Date;
  /** Calls once, after so many milliseconds. */
  after(ms: number, call: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return { refresh: () => void timer.refresh(), cancel: () => clearTimeout(timer) };
  },
};

/** Resolves after so many milliseconds, or as soon as the signal is given. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) {
    return;
  }
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      timer.cancel();
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const timer = clock.after(ms, settle);
    signal.addEventListener("abort", settle);
  });
}
