import assert from "node:assert/strict";

import { sessionOf, vpgOf } from "../../../cli/sims/session";

describe("sessionOf", () => {
  const cases: [object | null, string | undefined, string][] = [
    [{ online: true, vpgId: "vpg-1" }, "vpg-1", "here"],
    [{ vpgId: "vpg-1" }, "vpg-1", "here"],
    [{ online: true, vpgId: "vpg-2" }, "vpg-1", "elsewhere"],
    [{ online: true }, "vpg-1", "elsewhere"],
    [{ online: true }, undefined, "elsewhere"],
    [null, "vpg-1", "elsewhere"],
    [{ online: false, vpgId: "vpg-1" }, "vpg-1", "offline"],
  ];
  for (const [sessionStatus, vpgId, session] of cases) {
    it(`is ${session} for ${JSON.stringify(sessionStatus)} and VPG ${vpgId}`, () => {
      assert.equal(sessionOf({ simId: "1", sessionStatus }, vpgId), session);
    });
  }
});

describe("vpgOf", () => {
  it("returns the VPG of the group's configuration", () => {
    const configuration = { SoracomAir: { vpgId: "vpg-1" } };
    assert.equal(vpgOf({ groupId: "group-1", configuration }), "vpg-1");
    assert.equal(vpgOf({ groupId: "group-1" }), undefined);
  });
});
