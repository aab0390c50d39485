import type { Clock, Timer } from "../../twin/clock";

interface Pending {
  due: number;
  readonly ms: number;
  readonly call: () => void;
}

/** A clock that goes on only by a call. */
export class SimulatedClock implements Clock {
  private time: number;
  private readonly pending = new Set<Pending>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, call: () => void): Timer {
    const timer: Pending = { due: this.time + ms, ms, call };
    this.pending.add(timer);
    return {
      refresh: () => {
        timer.due = this.time + ms;
        this.pending.add(timer);
      },
      cancel: () => void this.pending.delete(timer),
    };
  }

  /** How many time limits are running. */
  get running(): number {
    return this.pending.size;
  }

  /** Lets so much time pass; what falls due is called in order, each at its own time. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.pending].filter((timer) => timer.due <= end);
      if (due.length === 0) break;
      const [next] = due.sort((a, b) => a.due - b.due);
      this.pending.delete(next);
      this.time = Math.max(this.time, next.due);
      next.call();
    }
    this.time = end;
  }
}
