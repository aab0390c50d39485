import assert from "node:assert/strict";

import { throttled } from "../../../cli/sims/throttle";

describe("throttled", () => {
  const result = { exitCode: 0, stdout: "", stderr: "" };

  it("spaces calls by the rate, parallel ones too", async () => {
    const times: number[] = [];
    const runCli = throttled(
      () => {
        times.push(performance.now());
        return Promise.resolve(result);
      },
      50,
      new AbortController().signal,
    );
    await Promise.all([1, 2, 3, 4, 5].map(() => runCli([], {})));
    const milliseconds = times.at(-1)! - times[0];
    // Timers may fire a millisecond early.
    assert.ok(milliseconds >= 4 * 20 - 5, `${milliseconds} ms`);
  });

  it("rejects waiting calls when stopped", async () => {
    const stop = new AbortController();
    let calls = 0;
    const runCli = throttled(
      () => Promise.resolve({ ...result, calls: ++calls }),
      0.1,
      stop.signal,
    );
    await runCli([], {});
    const waiting = runCli([], {});
    stop.abort();
    await assert.rejects(waiting, { name: "Stopped" });
    assert.equal(calls, 1);
  });
});
