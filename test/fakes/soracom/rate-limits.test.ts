import assert from "node:assert/strict";

import { RateLimiter } from "../../../fakes/soracom/rate-limits";

describe("RateLimiter", () => {
  let time = 0;
  const now = () => time;
  beforeEach(() => (time = 0));

  it("admits so many requests of each operation, and more after a minute", () => {
    const limiter = new RateLimiter({ perMinute: 2, now });
    const admitted = (...operations: string[]) =>
      operations.map((operation) => limiter.admit(operation).isAdmitted);
    assert.deepEqual(admitted("a", "a", "a", "b"), [true, true, false, true]);
    time = 59_999;
    assert.deepEqual(admitted("a"), [false]);
    time = 60_000;
    assert.deepEqual(admitted("a", "a", "a"), [true, true, false]);
  });

  it("reports what remains and when it is refreshed", () => {
    const limiter = new RateLimiter({ perMinute: 2, now });
    limiter.admit("a");
    time = 10_500;
    assert.deepEqual(limiter.admit("a").headers, {
      "x-soracom-ratelimit-limit": "2",
      "x-soracom-ratelimit-remaining": "0",
      "x-soracom-ratelimit-seconds-before-refresh": "50",
    });
    assert.deepEqual(new RateLimiter({ perMinute: 2, headers: false, now }).admit("a").headers, {});
  });
});
