import assert from "node:assert/strict";

import { describeDuration } from "../../lib/duration";

describe("describeDuration", () => {
  it("uses the largest unit of which there are two, rounded down", () => {
    const cases: [number, string][] = [
      [0, "0 min"],
      [59, "0 min"],
      [7199, "119 min"],
      [7200, "2 h"],
      [172_799, "47 h"],
      [172_800, "2 d"],
      [259_199, "2 d"],
    ];
    for (const [seconds, text] of cases) assert.equal(describeDuration(seconds), text);
  });
});
