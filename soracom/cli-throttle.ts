import { RunControl, sleep } from "./run-control";

const minuteMs = 60_000;

/**
 * Keeps calls below SORACOM's limits, which count per minute and path, and for log-ins per source address
 * (https://users.soracom.io/ja-jp/tools/api/limitations/). The limits themselves are not published.
 */
export class CliThrottle {
  private readonly calls = new Map<string, number[]>();

  /** @param callsPerMinute - On one path, and log-ins. */
  constructor(
    private readonly control: RunControl,
    private readonly callsPerMinute: number,
  ) {}

  /** Resolves when a call on each of these paths is within the limit, and counts it. */
  async acquire(...paths: readonly string[]): Promise<void> {
    const { control, callsPerMinute } = this;
    for (const path of paths) {
      const recent = this.recent(path);
      if (recent.length >= callsPerMinute) {
        await sleep(
          control,
          recent[recent.length - callsPerMinute] + minuteMs - control.clock.now(),
        );
      }
    }
    for (const path of paths) this.recent(path).push(control.clock.now());
  }

  /** The times of the last minute's calls on this path. */
  private recent(path: string): number[] {
    const since = this.control.clock.now() - minuteMs;
    const times = (this.calls.get(path) ?? []).filter((time) => time > since);
    this.calls.set(path, times);
    return times;
  }
}
