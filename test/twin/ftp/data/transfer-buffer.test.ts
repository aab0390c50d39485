import assert from "node:assert/strict";

import { transferBuffer } from "../../../../twin/ftp/data/transfer-buffer";

describe("transferBuffer", () => {
  it("has the length it is asked for, in memory of its own, away from where that begins", () => {
    const [one, other] = [transferBuffer(65_536), transferBuffer(65_536)];
    assert.equal(one.length, 65_536);
    assert.notEqual(one.buffer, other.buffer);
    assert.equal(one.byteOffset % 4096, 2048);
  });
});
