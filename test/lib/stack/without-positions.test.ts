import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { withoutPositions } from "../../../lib/stack/without-positions";

const look = () => (pulumi.Resource as unknown as { callsites(): { file?: string }[] }).callsites();

describe("twin/evaluation/without-positions", () => {
  it("spares the look at the stack, until it is allowed again", () => {
    // Were the SDK to look in another way, there would be nothing to spare.
    assert.ok(look().some(({ file }) => file === __filename));
    const again = withoutPositions();
    assert.deepEqual(look(), []);
    again();
    assert.ok(look().some(({ file }) => file === __filename));
  });
});
