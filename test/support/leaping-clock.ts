import type { Clock } from "../../soracom/clock";

/** A clock that only waits move: a wait of a minute takes no time, and reads the same on any machine. */
export class LeapingClock implements Clock {
  private time = 0;
  /** The waits so far, in milliseconds. */
  readonly waits: number[] = [];

  now(): number {
    return this.time;
  }

  async delay(ms: number): Promise<void> {
    const end = this.time + ms;
    this.waits.push(ms);
    await new Promise(setImmediate);
    this.time = Math.max(this.time, end);
  }
}
