import assert from "node:assert/strict";
import { CliThrottle } from "../../soracom/cli-throttle";
import { LeapingClock } from "../support/leaping-clock";
import { Lab, specs } from "./lab";

describe("soracom/cli-throttle", function () {
  this.timeout(60_000);
  const minute = 60_000;

  it("admits so many calls a minute on a path, and counts each path by itself", async () => {
    const clock = new LeapingClock();
    const stop = new AbortController().signal;
    const control = { pollMs: 1, timeoutSeconds: 1, clock, stop, log: () => undefined };
    const pace = new CliThrottle(control, 3);
    const times: number[] = [];
    for (let call = 0; call < 7; call++) {
      await pace.acquire("vpg get");
      times.push(clock.now() / minute);
    }
    assert.deepEqual(times, [0, 0, 0, 1, 1, 1, 2]);
    await pace.acquire("vpg list");
    assert.equal(clock.now(), 2 * minute);
  });

  it("keeps a run below SORACOM's limit, log-ins included: no call is refused", async () => {
    const lab = await Lab.open({ readsUntilReady: 200 });
    try {
      lab.api.setRateLimit({ perMinute: 60, now: () => lab.clock.now() });
      const { error, stderr } = await lab.run("vpg ensure", specs.vpg);
      assert.equal(error, undefined);
      assert.doesNotMatch(stderr, /STANDIN_RATE/);
      assert.ok(lab.api.calls.length > 200);
    } finally {
      await lab.close();
    }
  });

  it("a limit that is lower is waited out, also for a creation, which is then made once", async () => {
    const lab = await Lab.open();
    try {
      lab.api.setRateLimit({ perMinute: 1, now: () => lab.clock.now() });
      await lab.good("vpg ensure", specs.vpg);
      assert.equal(lab.api.world.vpgs.size, 1);
    } finally {
      await lab.close();
    }
  });
});
