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
    sims.addSim(4, { groupId, virtual: true, sessionVpgId: vpgId });
  });

  it("prints the SIMs of the group with their sessions", async () => {
    const { code, stdout } = await sims.run(["list"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n"), [
      "SIM                  kind      in the group  session         address       previous group",
      `${id(1)}  cellular  yes           in the VPG      100.64.152.4  theirs`,
      `${id(2)}  cellular  yes           not in the VPG`,
      `${id(3)}  cellular  yes           offline`,
      `${id(4)}  Arc       yes           in the VPG      100.64.152.4`,
      "",
    ]);
  });

  it("prints only the SIMs behind a gateway", async () => {
    const lines = async (gateway: string) =>
      (await sims.run(["list", "--gateway", gateway])).stdout.split("\n").slice(1, -1);
    assert.deepEqual(
      (await lines("100.64.152.4")).map((line) => line.split(" ")[0]),
      [id(1)],
    );
    assert.deepEqual(await lines("100.64.152.5"), []);
  });

  it("ends with 1 when a given SIM is not in the group", async () => {
    const { code, document } = await sims.run(["list", id(1), id(9), "--json"]);
    assert.equal(code, 1);
    assert.deepEqual(document<{ sims: unknown[] }>().sims, [
      {
        ...{ simId: id(1), kind: "cellular", inGroup: true, session: "in the VPG" },
        ...{ address: "100.64.152.4", previousGroupId: "theirs" },
      },
      { simId: id(9), inGroup: false },
    ]);
  });
});
