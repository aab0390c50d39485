import assert from "node:assert/strict";

import { SyncIo } from "../../../twin/store/sync-io";

describe("twin/store/SyncIo", () => {
  it("is quick until a call takes long, and not again", () => {
    let now = 0;
    const syncIo = new SyncIo(() => now);
    const take = (milliseconds: number) => syncIo.run(() => (now += milliseconds));
    take(1);
    take(10);
    assert.equal(syncIo.isAllowed, true);
    take(11);
    assert.equal(syncIo.isAllowed, false);
    take(1);
    assert.equal(syncIo.isAllowed, false);
  });

  it("passes on what a call gives and throws", () => {
    const syncIo = new SyncIo();
    assert.equal(
      syncIo.run(() => 7),
      7,
    );
    const fail = () => {
      throw new Error("no space");
    };
    assert.throws(() => syncIo.run(fail), /no space/);
  });
});
