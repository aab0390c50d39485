import assert from "node:assert/strict";

import { DoctorLab, failuresOf } from "./support";

const simId = (index: number) => `89811000000000${10_000 + index}`;
const groupId = "00000000-0000-4000-8000-00000000fffe";

describe("checkSims", function () {
  this.timeout(60_000);
  const doctor = new DoctorLab();

  const addGroup = (id: string, tags: Record<string, string> = {}) =>
    doctor.lab.api.world.groups.set(id, {
      ...{ groupId: id, tags, createdTime: 0 },
      configuration: { SoracomHarvest: { enabled: true } },
    });
  const found = async (check: string) => {
    const { findings } = await doctor.run();
    return { finding: findings.find((one) => one.check === check), failures: failuresOf(findings) };
  };

  it("notes what SIMs lose that leave another group, and how to keep it", async () => {
    addGroup("theirs", { name: "cameras" });
    for (const index of [1, 2]) doctor.lab.api.world.addSim(simId(index), { groupId: "theirs" });
    doctor.lab.api.world.addSim(simId(3));
    doctor.configure({ "canal-ftp:simIds": [1, 2, 3].map(simId) });
    const { finding, failures } = await found("group theirs");
    assert.deepEqual(failures, []);
    assert.deepEqual([finding?.state, finding?.found], ["note", "2 SIMs leave it"]);
    assert.match(finding?.remedy ?? "", /SoracomHarvest: enabled.*canal-ftp:simGroupId theirs/);
  });

  it("fails for SIMs that SORACOM does not have", async () => {
    doctor.lab.api.world.addSim(simId(1));
    doctor.configure({ "canal-ftp:simIds": [1, 2].map(simId) });
    const { failures } = await found("SIMs of the configuration");
    assert.deepEqual(failures, [`SIMs of the configuration: SORACOM does not have ${simId(2)}`]);
  });

  it("checks a given group: existence, and no other stack that uses it", async () => {
    doctor.configure({ "canal-ftp:simGroupId": groupId });
    const check = `group ${groupId}`;
    assert.deepEqual((await found(check)).failures, [`${check}: does not exist`]);
    addGroup(groupId);
    doctor.lab.api.world.addSim(simId(1), { groupId });
    doctor.configure({ "canal-ftp:simGroupId": groupId, "canal-ftp:simIds": [simId(1)] });
    const { finding, failures } = await found(check);
    assert.deepEqual([finding?.found, failures], ["exists", []]);
    addGroup(groupId, { "canal-ftp-vpg-before": "canal-ftp/other/1/sims unset unset" });
    const used = await found(check);
    assert.deepEqual(used.failures, [`${check}: used by canal-ftp/other/1/sims`]);
  });
});
