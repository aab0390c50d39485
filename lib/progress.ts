/** Progress of a long command. */
export interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

const intervalMs = { terminal: 250, log: 30_000 };

/** Destination of the lines. */
export interface ProgressOutput {
  error(text: string): void;
  /** Whether it is a terminal, where a line can be overwritten. */
  readonly errorIsTerminal: boolean;
}

/**
 * Prints the progress of a long command to standard error: on a terminal in one line that is overwritten, otherwise a
 * line for every tenth of the work and every 30 seconds.
 */
export class Progress {
  private readonly started: number;
  private printedAt = -Infinity;
  private printedTenths = 0;

  /**
   * @param verb - What is done to the items, for example `attached`.
   * @param clock - Milliseconds.
   */
  constructor(
    private readonly verb: string,
    private readonly output: ProgressOutput,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.started = clock();
  }

  /** The state after an item. */
  report(state: ProgressState): void {
    const { errorIsTerminal } = this.output;
    const attempted = state.done + state.failed;
    const tenths = Math.floor((10 * attempted) / state.total);
    const now = this.clock();
    const isDue =
      now - this.printedAt >= (errorIsTerminal ? intervalMs.terminal : intervalMs.log) ||
      (!errorIsTerminal && tenths !== this.printedTenths);
    if (!isDue || attempted === state.total) return;
    this.printedAt = now;
    this.printedTenths = tenths;
    this.print(state, false);
  }

  /** The state at the end, whether everything was attempted or not. */
  finish(state: ProgressState): void {
    if (state.total > 0) this.print(state, true);
  }

  private print(state: ProgressState, isLast: boolean): void {
    const { error, errorIsTerminal } = this.output;
    const line = this.describe(state, (this.clock() - this.started) / 1000, isLast);
    error(`${errorIsTerminal ? "\r\u001b[K" : ""}${line}${isLast || !errorIsTerminal ? "\n" : ""}`);
  }

  private describe({ total, done, failed }: ProgressState, seconds: number, isLast: boolean) {
    const perSecond = (done + failed) / Math.max(seconds, 0.001);
    const secondsLeft = Math.ceil((total - done - failed) / perSecond);
    const left = secondsLeft < 90 ? `${secondsLeft} s` : `${Math.ceil(secondsLeft / 60)} min`;
    return [
      `${this.verb}: ${done} of ${total}`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      `${perSecond.toFixed(1)} per second`,
      ...(isLast || perSecond === 0 ? [] : [`about ${left} left`]),
    ].join(", ");
  }
}
