import assert from "node:assert/strict";

import { Pace } from "../../../twin/store/pace";

describe("Pace", () => {
  it("is quick until a call takes long, and not again", () => {
    let now = 0;
    const pace = new Pace(() => now);
    const take = (milliseconds: number) => pace.at(() => (now += milliseconds));
    take(1);
    take(10);
    assert.equal(pace.isQuick, true);
    take(11);
    assert.equal(pace.isQuick, false);
    take(1);
    assert.equal(pace.isQuick, false);
  });

  it("passes on what a call gives and throws", () => {
    const pace = new Pace();
    assert.equal(
      pace.at(() => 7),
      7,
    );
    const fail = () => {
      throw new Error("no space");
    };
    assert.throws(() => pace.at(fail), /no space/);
  });
});
