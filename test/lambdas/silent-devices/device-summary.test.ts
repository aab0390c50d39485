import assert from "node:assert/strict";

import { silentSeconds } from "../../../lambdas/silent-devices/device-summary";

describe("silentSeconds", () => {
  const device = { device: "a", files: 1, bytes: 1, failed: 0 };
  const now = Date.parse("2026-11-26T12:00:00Z") / 1000;

  it("counts from the last file, and is unknown without one", () => {
    const since = (lastUpload?: string) => silentSeconds({ ...device, lastUpload }, now);
    assert.equal(since("2026-11-26T11:59:00.000Z"), 60);
    assert.equal(since(undefined), undefined);
  });

  it("is 0 for a file of a clock that is ahead", () => {
    assert.equal(silentSeconds({ ...device, lastUpload: "2026-11-26T12:00:05.000Z" }, now), 0);
  });
});
