import assert from "node:assert/strict";

import { untilStopped } from "../../../cli/verify/stop";

describe("untilStopped", () => {
  it("resolves with the result", async () => {
    const { signal } = new AbortController();
    assert.equal(await untilStopped(signal, () => Promise.resolve(1)), 1);
  });

  it("rejects when the signal is aborted before or meanwhile", async () => {
    const never = () => new Promise<never>(() => undefined);
    await assert.rejects(untilStopped(AbortSignal.abort(), never), /^UserError: Interrupted/);
    const stop = new AbortController();
    const running = untilStopped(stop.signal, never);
    stop.abort();
    await assert.rejects(running, /^UserError: Interrupted/);
  });
});
