import assert from "node:assert/strict";

import type { Job } from "../../soracom/job";
import { LostSettings, lossOf, settingsOf } from "../../soracom/lost-settings";
import type { Group } from "../../soracom/soracom-api";

const group: Group = {
  groupId: "g1",
  tags: { name: "cameras" },
  configuration: {
    SoracomAir: { useVpg: true, vpgId: "v", useCustomDns: true, dnsServers: [], metadata: {} },
    SoracomBeam: {
      "mqtt://beam.soracom.io:1883": { enabled: true },
      "udp://beam.soracom.io:23080": { enabled: false },
    },
    SoracomFunnel: { enabled: true, destination: {} },
    SoracomHarvest: { enabled: false },
  },
};

describe("settings that a SIM loses with its group", () => {
  it("are those of every service that are on, and none that the stack's group has itself", () => {
    assert.deepEqual(settingsOf(group), [
      "SoracomAir: metadata",
      "SoracomBeam: mqtt://beam.soracom.io:1883",
      "SoracomFunnel: enabled, destination",
    ]);
  });

  it("are reported with the group's name and how to keep them; none for a plain group", () => {
    assert.match(
      lossOf(group) ?? "",
      /^a SIM that leaves group g1 \(cameras\) loses .*SoracomFunnel.*canal-ftp:simGroupId g1$/,
    );
    assert.equal(lossOf({ groupId: "g2" }), undefined);
    assert.equal(
      lossOf({ groupId: "g3", configuration: { SoracomAir: { useVpg: true } } }),
      undefined,
    );
  });

  it("are reported once for each group, and read again after a failure", async () => {
    const lines: string[] = [];
    let reads = 0;
    const findGroup = () =>
      ++reads === 1 ? Promise.reject(new Error("cut")) : Promise.resolve(group);
    const lost = new LostSettings({ sims: { findGroup } } as unknown as Job, (line) =>
      lines.push(line),
    );
    await assert.rejects(lost.report("g1"), /cut/);
    await Promise.all([lost.report("g1"), lost.report("g1")]);
    assert.deepEqual([lines.length, reads], [1, 2]);
  });
});
