import assert from "node:assert/strict";

import { systemClock } from "../../soracom/clock";

describe("systemClock", () => {
  it("continues during a delay", async () => {
    const before = systemClock.now();
    await systemClock.delay(1, new AbortController().signal);
    assert.ok(systemClock.now() > before);
  });

  it("ends a delay when the signal is aborted", async () => {
    const stop = new AbortController();
    const delay = systemClock.delay(3_600_000, stop.signal);
    stop.abort();
    await delay;
  });
});
