import assert from "node:assert/strict";

import { checkStop, readTimes, sleep, waitFor } from "../../soracom/run-control";
import { testControl } from "./control";

describe("readTimes", () => {
  it("reads 5 s, 15 minutes and 60 calls from an environment that sets none", () => {
    const byDefault = {
      pollMs: 5000,
      timeoutSeconds: 900,
      callsPerMinute: 60,
      requestsPerSecond: 10,
    };
    assert.deepEqual(readTimes({}), byDefault);
    assert.deepEqual(readTimes({ CANAL_FTP_POLL_SECONDS: "" }), byDefault);
  });

  it("converts seconds and minutes, and rounds calls up to one", () => {
    const env = {
      CANAL_FTP_POLL_SECONDS: "0.5",
      CANAL_FTP_TIMEOUT_MINUTES: "180",
      CANAL_FTP_CALLS_PER_MINUTE: "0.1",
    };
    assert.deepEqual(readTimes(env), {
      pollMs: 500,
      timeoutSeconds: 10_800,
      callsPerMinute: 1,
      requestsPerSecond: 10,
    });
  });

  for (const text of ["0", "-1", "181", "ten", "NaN", "Infinity", "15 minutes"]) {
    it(`refuses ${text}, and names the variable and its range`, () => {
      assert.throws(() => readTimes({ CANAL_FTP_TIMEOUT_MINUTES: text }), {
        name: "DriverError",
        message: `CANAL_FTP_TIMEOUT_MINUTES must be a number of minutes, more than 0 and at most 180, not "${text}".`,
      });
    });
  }
});

describe("sleep", () => {
  it("waits so long", async () => {
    const { control, clock } = testControl();
    await sleep(control, 700);
    assert.deepEqual(clock.waits, [700]);
  });

  it("does not begin after a request to stop", async () => {
    const { control, clock, abort } = testControl();
    abort();
    assert.throws(() => checkStop(control), { name: "Stopped" });
    await assert.rejects(sleep(control, 700), { name: "Stopped" });
    assert.deepEqual(clock.waits, []);
  });

  it("stops on request while it waits", async () => {
    const stop = new AbortController();
    const delay = () => Promise.resolve(stop.abort());
    await assert.rejects(sleep({ clock: { now: () => 0, delay }, stop: stop.signal }, 700), {
      name: "Stopped",
    });
  });
});

describe("waitFor", () => {
  it("reads at the interval until there is something, and prints each state once", async () => {
    const { control, clock, lines } = testControl();
    const states = ["creating", "creating", "starting"];
    const read = () => {
      const state = states.shift();
      return Promise.resolve(state === undefined ? { done: "vpg-1" } : { state });
    };
    assert.equal(await waitFor(control, "VPG 1", read), "vpg-1");
    assert.deepEqual(clock.waits, [5000, 5000, 5000]);
    assert.deepEqual(lines, [
      "waiting for VPG 1: creating (0 s)",
      "waiting for VPG 1: starting (10 s)",
    ]);
  });

  it("prints an unchanged state every 30 s, reads once more at the end, and names the variable", async () => {
    const { control, lines } = testControl();
    let reads = 0;
    const read = () => {
      reads++;
      return Promise.resolve({ state: "creating" });
    };
    await assert.rejects(waitFor(control, "VPG 1", read), {
      name: "DriverError",
      message: /^Waited 60 s for VPG 1, which is still creating\. .*CANAL_FTP_TIMEOUT_MINUTES/,
    });
    assert.equal(reads, 13);
    assert.deepEqual(
      lines.map((line) => /\((\d+) s\)/.exec(line)?.[1]),
      ["0", "30", "60"],
    );
  });

  it("stops between two reads", async () => {
    const { control, abort } = testControl();
    const read = () => Promise.resolve({ state: "creating" });
    const waiting = waitFor(control, "VPG 1", read);
    abort();
    await assert.rejects(waiting, { name: "Stopped" });
  });
});
