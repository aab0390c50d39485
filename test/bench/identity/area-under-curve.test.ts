import assert from "node:assert/strict";

import { areaUnderCurve } from "../../../bench/identity/area-under-curve";

describe("areaUnderCurve", () => {
  it("is a half for equal groups, and 1 or 0 for groups that do not overlap", () => {
    assert.equal(areaUnderCurve([1, 2, 3], [3, 1, 2]), 0.5);
    assert.equal(areaUnderCurve([5], [5, 5]), 0.5);
    assert.equal(areaUnderCurve([1, 2], [3, 4]), 1);
    assert.equal(areaUnderCurve([3, 4], [1, 2]), 0);
  });

  it("is the share of pairs in which the second is larger", () => {
    assert.equal(areaUnderCurve([1, 3], [2, 4]), 0.75);
  });
});
