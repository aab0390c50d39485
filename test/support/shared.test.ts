import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";

import { shared } from "./shared";

describe("test/support/shared", () => {
  it("makes once for the same arguments, and again for others", async () => {
    let made = 0;
    const make = shared((args: { a?: number } = {}) => Promise.resolve({ ...args, made: ++made }));
    assert.equal(await make({ a: 1 }), await make({ a: 1 }));
    assert.notEqual(await make({ a: 1 }), await make({ a: 2 }));
    assert.equal((await make()).made, 3);
  });

  it("gives what no test can change", async () => {
    const made = await shared(() => Promise.resolve({ list: [{ a: 1 }] }))();
    assert.throws(() => (made.list[0].a = 2), TypeError);
  });

  it("gives promises that can be waited for while Node tracks them", async () => {
    const { content } = await shared(() => Promise.resolve({ content: Promise.resolve("text") }))();
    const tracking = createHook({ init: () => undefined }).enable();
    try {
      assert.equal(await content, "text");
    } finally {
      tracking.disable();
    }
  });
});
