import type { RunControl } from "../../soracom/run-control";
import { LeapingClock } from "../support/leaping-clock";

/** A run's control on a clock that only waits move; `lines` collects its progress, `abort` asks it to stop. */
export function testControl(changes: Partial<RunControl> = {}) {
  const clock = new LeapingClock();
  const lines: string[] = [];
  const stop = new AbortController();
  const control: RunControl = {
    ...{ pollMs: 5000, timeoutSeconds: 60, clock, stop: stop.signal },
    log: (line) => void lines.push(line),
    ...changes,
  };
  return { control, clock, lines, abort: () => stop.abort() };
}
