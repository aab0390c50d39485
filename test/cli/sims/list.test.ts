import assert from "node:assert/strict";

import { id, SimsLab } from "./support";

describe("canal-ftp sims list", function () {
  this.timeout(60_000);
  const sims = new SimsLab();

  beforeEach(() => {
    const { groupId, vpgId } = sims;
    const tags = { "canal-ftp-previous-group": "theirs" };
    sims.addSim(1, { groupId, sessionVpgId: vpgId, tags });
    sims.addSim(2, { groupId });
    sims.addSim(3, { groupId, online: false });
  });

  it("prints the SIMs of the group with their sessions", async () => {
    const { code, stdout } = await sims.run(["list"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n"), [
      "SIM                  in the group  session         previous group",
      `${id(1)}  yes           in the VPG      theirs`,
      `${id(2)}  yes           not in the VPG`,
      `${id(3)}  yes           offline`,
      "",
    ]);
  });

  it("ends with 1 when a given SIM is not in the group", async () => {
    const { code, document } = await sims.run(["list", id(1), id(9), "--json"]);
    assert.equal(code, 1);
    assert.deepEqual(document<{ sims: unknown[] }>().sims, [
      { simId: id(1), inGroup: true, session: "in the VPG", previousGroupId: "theirs" },
      { simId: id(9), inGroup: false },
    ]);
  });
});
