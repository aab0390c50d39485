import assert from "node:assert/strict";
import { boundedProgress } from "../../soracom/progress";
import { LeapingClock } from "../support/leaping-clock";

describe("soracom/progress", () => {
  it("prints every line at first, then one a minute with the number of those left out, below 32 KiB", async () => {
    const clock = new LeapingClock();
    const lines: string[] = [];
    const log = boundedProgress((line) => lines.push(line), clock);
    for (let sim = 0; sim < 10_000; sim++) {
      log(`sims: SIM 898110000000000${sim} goes back to group 00000000-0000-4000-8000-0000000`);
      await clock.delay(1000);
    }
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    assert.ok(bytes > 16 * 1024 && bytes < 32 * 1024, String(bytes));
    assert.doesNotMatch(lines[100], /not shown/);
    assert.match(lines.at(-1)!, / \(59 lines before it are not shown\)$/);
  });
});
