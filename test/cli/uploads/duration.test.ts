import assert from "node:assert/strict";

import { describeDuration, parseDuration } from "../../../cli/uploads/duration";

describe("parseDuration", () => {
  it("reads minutes, hours and days", () => {
    assert.deepEqual(["90m", "12h", "1d", "99999d"].map(parseDuration), [
      5400,
      43_200,
      86_400,
      99_999 * 86_400,
    ]);
  });

  for (const text of ["", "0h", "00m", "5", "h", "5s", "5H", "-1h", "1.5h", "1h30m", "100000m"]) {
    it(`refuses "${text}" as commander reports it`, () => {
      assert.throws(() => parseDuration(text), { code: "commander.invalidArgument" });
    });
  }
});

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
