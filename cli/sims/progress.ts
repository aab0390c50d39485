import type { CliContext } from "../core/context";
import type { Tally } from "./each-sim";

/** Milliseconds between two lines: on a terminal, where one replaces the other, and in a log. */
const TERMINAL_MS = 200;
const LOG_MS = 10_000;

/** Tells how far a long run is: again and again on a terminal, and in a log at every tenth. */
export class Progress {
  private readonly started = performance.now();
  private toldAt = -Infinity;
  private toldTenths = 0;

  constructor(
    private readonly what: string,
    private readonly to: Pick<CliContext, "error" | "errorIsTerminal">,
  ) {}

  tell(tally: Tally): void {
    const { errorIsTerminal: isTerminal } = this.to;
    const now = performance.now();
    const tried = tally.done + tally.failed.length;
    const tenths = Math.floor((10 * tried) / tally.total);
    const isLast = tried === tally.total || tally.stopped !== undefined;
    const isDue = now - this.toldAt >= (isTerminal ? TERMINAL_MS : LOG_MS);
    if (!isLast && !isDue && (isTerminal || tenths === this.toldTenths)) return;
    this.toldAt = now;
    this.toldTenths = tenths;
    const perSecond = tried / Math.max((now - this.started) / 1000, 0.001);
    const left = Math.ceil((tally.total - tried) / perSecond / 60);
    const failed = tally.failed.length > 0 ? `, ${tally.failed.length} failed` : "";
    const rest = isLast ? "" : `, about ${left} min left`;
    const line = `${this.what}: ${tally.done} of ${tally.total}${failed}, ${perSecond.toFixed(1)} a second${rest}`;
    const end = isLast || !isTerminal ? "\n" : "";
    this.to.error(`${isTerminal ? "\r\u001b[K" : ""}${line}${end}`);
  }
}
