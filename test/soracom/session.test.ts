import assert from "node:assert/strict";

import { otherVpgOf, sessionOf, sourceAddressOf, vpgOf } from "../../soracom/session";
import type { Sim } from "../../soracom/soracom-api";

const inVpg = { vpgId: "vpg-1" };
const inOther = { vpgId: "vpg-2" };

describe("sessionOf", () => {
  const cases: [Omit<Sim, "simId">, string | undefined, string][] = [
    [{ sessionStatus: { online: true, ...inVpg } }, "vpg-1", "here"],
    [{ sessionStatus: inVpg }, "vpg-1", "here"],
    [{ sessionStatus: { online: true, ...inOther } }, "vpg-1", "elsewhere"],
    [{ sessionStatus: { online: true } }, "vpg-1", "elsewhere"],
    [{ sessionStatus: { online: true } }, undefined, "elsewhere"],
    [{ sessionStatus: null }, "vpg-1", "offline"],
    [{}, "vpg-1", "offline"],
    [{ sessionStatus: { online: false, ...inVpg } }, "vpg-1", "offline"],
    [{ type: "virtual", arcSessionStatus: inVpg }, "vpg-1", "here"],
    [{ type: "virtual", arcSessionStatus: {} }, "vpg-1", "elsewhere"],
    [{ type: "virtual", arcSessionStatus: inOther }, "vpg-1", "elsewhere"],
    [{ type: "virtual" }, "vpg-1", "offline"],
    [{ sessionStatus: { online: false }, arcSessionStatus: inVpg }, "vpg-1", "here"],
    [{ sessionStatus: { online: true, ...inVpg }, arcSessionStatus: inVpg }, "vpg-1", "here"],
    [{ sessionStatus: inVpg, arcSessionStatus: inOther }, "vpg-1", "elsewhere"],
  ];
  for (const [status, vpgId, session] of cases) {
    it(`is ${session} for ${JSON.stringify(status)} and VPG ${vpgId}`, () => {
      assert.equal(sessionOf({ simId: "1", ...status }, vpgId), session);
    });
  }
});

describe("otherVpgOf", () => {
  it("returns the VPG of the session that is elsewhere, of either kind", () => {
    const sim = { simId: "1", sessionStatus: inVpg, arcSessionStatus: inOther };
    assert.equal(otherVpgOf(sim, "vpg-1"), "vpg-2");
    assert.equal(otherVpgOf({ simId: "1", arcSessionStatus: {} }, "vpg-1"), undefined);
  });
});

describe("sourceAddressOf", () => {
  it("returns the gateway's address, of either kind of session", () => {
    const session = { gatewayPrivateIpAddress: "100.64.152.4" };
    assert.equal(sourceAddressOf({ simId: "1", sessionStatus: session }), "100.64.152.4");
    assert.equal(sourceAddressOf({ simId: "1", arcSessionStatus: session }), "100.64.152.4");
    assert.equal(sourceAddressOf({ simId: "1" }), undefined);
  });
});

describe("vpgOf", () => {
  it("returns the VPG of the group's configuration", () => {
    const configuration = { SoracomAir: { vpgId: "vpg-1" } };
    assert.equal(vpgOf({ groupId: "group-1", configuration }), "vpg-1");
    assert.equal(vpgOf({ groupId: "group-1" }), undefined);
  });
});
