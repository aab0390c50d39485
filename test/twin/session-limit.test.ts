import assert from "node:assert/strict";

import { sessionLimit } from "../../twin/session-limit";

describe("twin/session-limit", () => {
  const of = (soft?: number | "unlimited") =>
    sessionLimit(soft === undefined ? {} : { userLimits: { open_files: { soft } } });

  it("leaves descriptors for files and data connections", () => {
    assert.deepEqual([of(200), of(1024), of(20)], [90, 864, 1]);
  });

  it("is none where the process has no limit", () => {
    assert.deepEqual([of(), of("unlimited")], [undefined, undefined]);
  });

  it("reads the limit of this process", function () {
    if (process.platform === "win32") this.skip();
    assert.ok((sessionLimit() ?? 1) >= 1);
  });
});
