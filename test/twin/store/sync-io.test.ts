import assert from "node:assert/strict";

import { SyncIo } from "../../../twin/store/sync-io";

describe("twin/store/SyncIo", () => {
  it("makes four calls by the thread pool after a slow one, and twice as many after each further one", () => {
    let now = 0;
    const syncIo = new SyncIo(() => now);
    const take = (milliseconds: number) => syncIo.run(() => (now += milliseconds));
    const asideBeforeTurn = () => {
      let calls = 0;
      while (!syncIo.takeTurn()) calls++;
      return calls;
    };
    take(1);
    take(10);
    assert.equal(asideBeforeTurn(), 0);
    for (const calls of [4, 8, 16]) {
      take(11);
      assert.equal(asideBeforeTurn(), calls);
      take(1);
      assert.equal(asideBeforeTurn(), 0);
    }
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
