import assert from "node:assert/strict";

import { runsPerMonth } from "../../resources/cost-item";

describe("resources/cost-item", () => {
  it("counts the runs of a schedule in a month", () => {
    assert.equal(runsPerMonth("rate(1 day)"), 730 / 24);
    assert.equal(runsPerMonth("rate(2 hours)"), 365);
    assert.equal(runsPerMonth("rate(5 minutes)"), 730 * 12);
    assert.equal(runsPerMonth("cron(0 3 * * ? *)"), 730 / 24);
    assert.equal(runsPerMonth(""), 0);
    assert.equal(runsPerMonth(undefined), 0);
  });
});
