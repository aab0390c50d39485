/** A running timer. */
export interface Timer {
  /** Restarts the timer. */
  refresh(): void;
  cancel(): void;
}

/** The clock of the twin, which tests replace. */
export interface Clock {
  now(): Date;
  /** Calls once, after the given milliseconds. */
  after(ms: number, call: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return { refresh: () => void timer.refresh(), cancel: () => clearTimeout(timer) };
  },
};

/** Resolves after the given milliseconds, or as soon as the signal is aborted. */
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
