import assert from "node:assert/strict";

import { RequestThrottle, backOffMs, maxAttempts } from "../../soracom/request-throttle";
import { LeapingClock } from "../support/leaping-clock";

describe("backOffMs", () => {
  const waits = (random: number) =>
    Array.from({ length: maxAttempts - 1 }, (_, index) => backOffMs(index + 1, random));

  it("grows, and is together longer than a minute", () => {
    assert.deepEqual(waits(0), [2000, 4000, 8000, 16_000, 32_000, 64_000]);
  });

  it("is longer by up to a quarter at random", () => {
    assert.deepEqual(
      waits(1).map((ms, index) => ms / waits(0)[index]),
      waits(0).map(() => 1.25),
    );
  });
});

describe("Pace", () => {
  let clock: LeapingClock;
  let stop: AbortController;
  let messages: string[];
  const pace = (requestsPerSecond: number) => {
    clock = new LeapingClock();
    stop = new AbortController();
    messages = [];
    const control = {
      pollMs: 1,
      timeoutSeconds: 1,
      clock,
      stop: stop.signal,
      log: (line: string) => void messages.push(line),
    };
    return new RequestThrottle(control, requestsPerSecond);
  };
  const limit = (remaining: number, seconds: number) =>
    new Headers({
      "x-soracom-ratelimit-remaining": String(remaining),
      "x-soracom-ratelimit-seconds-before-refresh": String(seconds),
    });
  /** Takes turns of an operation together; the time of each. */
  const turns = (taken: RequestThrottle, count: number, operation = "getSim") =>
    Promise.all(
      Array.from({ length: count }, () => taken.acquire(operation).then(() => clock.now())),
    );

  it("spaces requests evenly, parallel ones and other operations too", async () => {
    const taken = pace(10);
    assert.deepEqual(await turns(taken, 3), [0, 100, 200]);
    assert.deepEqual(await turns(taken, 2, "setSimGroup"), [300, 400]);
  });

  it("waits until the limit is refreshed when a reply leaves no request", async () => {
    const taken = pace(1000);
    taken.updateLimit("getSim", limit(1, 30));
    assert.deepEqual(await turns(taken, 3), [0, 30_000, 30_001]);
    assert.deepEqual(messages, ["SORACOM's limit for getSim is used up; continuing in 30 s"]);
  });

  it("delays the limited operation only", async () => {
    const taken = pace(1000);
    taken.updateLimit("getSim", limit(0, 30));
    assert.deepEqual(await turns(taken, 1, "setSimGroup"), [0]);
    assert.deepEqual(await turns(taken, 1), [30_000]);
  });

  it("does not count a reply's remaining requests twice", async () => {
    const taken = pace(1000);
    taken.updateLimit("getSim", limit(2, 30));
    await turns(taken, 1);
    // Two replies in the wrong order: the older one knows of more.
    taken.updateLimit("getSim", limit(1, 30));
    taken.updateLimit("getSim", limit(2, 30));
    const times = await turns(taken, 2);
    assert.ok(times[0] < 10 && times[1] >= 30_000, String(times));
  });

  it("holds an operation that was refused, for the reply's time or else the given one", async () => {
    const taken = pace(1000);
    taken.suspend("getSim", limit(0, 7), 1000);
    taken.suspend("setSimGroup", new Headers({ "retry-after": "3" }), 1000);
    taken.suspend("unsetSimGroup", new Headers(), 1000);
    for (const name of ["getSim", "setSimGroup", "unsetSimGroup"]) void taken.acquire(name);
    await turns(taken, 1, "other");
    assert.deepEqual(clock.waits.slice(0, 3), [7000, 3000, 1000]);
  });

  it("leaves requests to the rate when replies carry no limit", async () => {
    const taken = pace(1000);
    taken.updateLimit("getSim", new Headers());
    assert.deepEqual(await turns(taken, 2), [0, 1]);
  });

  it("rejects waiting requests when stopped", async () => {
    const taken = pace(0.1);
    await taken.acquire("getSim");
    const waiting = taken.acquire("getSim");
    stop.abort();
    await assert.rejects(waiting, { name: "Stopped" });
  });
});
