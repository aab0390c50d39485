import assert from "node:assert/strict";

import { readPassword } from "../../../cli/core/read-password";

describe("readPassword", () => {
  it("returns FTP_PASSWORD, an empty one too", async () => {
    assert.equal(await readPassword("camera01", { FTP_PASSWORD: "k3Jd82hs" }), "k3Jd82hs");
    assert.equal(await readPassword("camera01", { FTP_PASSWORD: "" }), "");
  });

  it("rejects without FTP_PASSWORD and terminal", async function () {
    if (process.stdin.isTTY) this.skip();
    await assert.rejects(readPassword("camera01", {}), /^UserError: Set FTP_PASSWORD .*camera01/);
  });
});
