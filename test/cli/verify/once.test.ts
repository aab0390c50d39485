import assert from "node:assert/strict";

import { once } from "../../../cli/verify/once";

describe("once", () => {
  it("calls the function once, also after a rejection", async () => {
    let calls = 0;
    const failing = once(() => Promise.reject(new Error(`call ${++calls}`)));
    await assert.rejects(failing(), /call 1/);
    await assert.rejects(failing(), /call 1/);
    const echo = once((text: string) => Promise.resolve(text));
    assert.deepEqual([await echo("a"), await echo("b")], ["a", "a"]);
  });
});
