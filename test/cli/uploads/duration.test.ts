import assert from "node:assert/strict";

import { parseDuration } from "../../../cli/uploads/duration";

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
