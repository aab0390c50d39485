import assert from "node:assert/strict";

import { nearest } from "../../stacks/nearest";

describe("stacks/nearest", () => {
  const keys = ["vpcCidr", "vpgId", "simIds"];

  it("finds the key with a letter wrong, missing, swapped or in another case", () => {
    for (const slip of ["vpcCidrs", "vpCidr", "vpcCdir", "VPCCIDR"]) {
      assert.equal(nearest(slip, keys), "vpcCidr", slip);
    }
  });

  it("suggests nothing for something else", () => {
    assert.equal(nearest("colour", keys), undefined);
  });
});
