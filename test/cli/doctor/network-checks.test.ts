import assert from "node:assert/strict";

import { DoctorLab, existingVpc, failuresOf } from "./support";

const [zoneA, zoneC] = ["ap-northeast-1a", "ap-northeast-1c"];

describe("canal-ftp doctor: network", function () {
  this.timeout(120_000);
  const doctor = new DoctorLab();

  /** The findings of one check. */
  async function findingsOf(check: string) {
    const { code, findings } = await doctor.run();
    return { code, found: findings.filter((finding) => finding.check === check) };
  }

  describe("availability zones", () => {
    const check = "availability zones";
    const subnet = (number: number, AvailabilityZone: string) =>
      doctor.cloud.subnets.push({
        SubnetId: `subnet-${number}`,
        VpcId: "vpc-1",
        AvailabilityZone,
        name: `canal-ftp-dev-network-vpc-ftp-${number}`,
      });

    it("notes that the account's first zones are others than the stack's", async () => {
      subnet(1, zoneA);
      subnet(2, zoneC);
      doctor.cloud.zones.push("ap-northeast-1b");
      const { code, found } = await findingsOf(check);
      assert.equal(code, 0);
      assert.deepEqual(
        found.map(({ state, found, expected }) => [state, found, expected]),
        [["note", `${zoneA}, ${zoneC}`, `${zoneA}, ap-northeast-1b`]],
      );
      assert.match(String(found[0].remedy), /No action needed: the stack keeps the zones/);
    });

    it("accepts zones by name, and fails for one that the account does not have", async () => {
      doctor.configure({ "canal-ftp:availabilityZoneNames": [zoneC, zoneA] });
      assert.deepEqual((await findingsOf(check)).found, [
        { check, state: "ok", found: `${zoneC}, ${zoneA}` },
      ]);
      doctor.configure({ "canal-ftp:availabilityZoneNames": ["ap-northeast-1x"] });
      const { code, found } = await findingsOf(check);
      assert.equal(code, 1);
      assert.match(found[0].found, /no zone ap-northeast-1x in ap-northeast-1/);
      assert.match(String(found[0].remedy), /availabilityZoneNames in Pulumi\.dev\.yaml/);
    });
  });

  describe("an existing VPC", () => {
    const check = "canal-ftp:existingVpc";
    const configure = (more: Record<string, unknown> = {}) =>
      doctor.configure({ "canal-ftp:existingVpc": existingVpc, ...more });

    it("is ok when it is as configured", async () => {
      configure();
      doctor.cloud.addExistingVpc(existingVpc);
      assert.deepEqual((await findingsOf(check)).found, [
        { check, state: "ok", found: "vpc-0a1b is as configured" },
      ]);
    });

    it("fails with a line for each difference", async () => {
      const second = { ...existingVpc, subnetIds: ["subnet-0a", "subnet-0c"] };
      configure({ "canal-ftp:existingVpc": second, "canal-ftp:deviceName": "ftp.plant.internal" });
      doctor.cloud.addExistingVpc({ ...second, cidr: "172.30.0.0/16" });
      doctor.cloud.dns.enableDnsHostnames = false;
      doctor.cloud.subnets[0].table = "rtb-9";
      doctor.cloud.subnets[1].table = undefined;
      doctor.cloud.routeTables.set("rtb-9", []).set("rtb-main", []).set("rtb-0a1", []);
      const { code, found } = await findingsOf(check);
      assert.equal(code, 1);
      const lines = found.map((finding) => finding.found).join("\n");
      for (const expected of [
        /existingVpc\.cidr: "172\.16\.0\.0\/16" given; allowed: 172\.30\.0\.0\/16/,
        /deviceName: .* enable DNS hostnames of vpc-0a1b/,
        /allowed: rtb-9 among them, which subnet-0a uses/,
        /allowed: rtb-main among them, which subnet-0c uses/,
        /"rtb-0a1" given; allowed: only tables that these subnets use: rtb-9, rtb-main/,
      ]) {
        assert.match(lines, expected);
      }
      assert.match(String(found[0].remedy), /refuses this before it creates anything/);
    });

    it("notes a block in the VPGs' range, and fails when it is in that of the stack's VPG", async () => {
      configure();
      doctor.cloud.addExistingVpc(existingVpc);
      doctor.cloud.moreBlocks = ["100.64.152.0/22"];
      const blocks = "blocks of vpc-0a1b";
      const { code, found } = await findingsOf(blocks);
      assert.equal(code, 0);
      assert.deepEqual(
        found.map(({ state, found }) => [state, found]),
        [["note", "100.64.152.0/22 overlaps 100.64.0.0/10"]],
      );
      await doctor.deploy();
      configure();
      doctor.cloud.addExistingVpc(existingVpc);
      doctor.cloud.moreBlocks = ["100.64.152.0/22"];
      const after = await findingsOf(blocks);
      assert.equal(after.code, 1);
      assert.match(after.found[0].found, /^100\.64\.152\.0\/22 overlaps 100\.64\.152\.0\/24$/);
      doctor.cloud.moreBlocks = ["100.64.160.0/22"];
      assert.deepEqual((await findingsOf(blocks)).found, []);
    });

    it("fails without the VPC, without a subnet, and with one that has no free address", async () => {
      configure();
      assert.match((await findingsOf(check)).found[0].found, /vpcId: "vpc-0a1b" .* does not exist/);
      doctor.cloud.addExistingVpc(existingVpc);
      const [subnet] = doctor.cloud.subnets;
      doctor.cloud.subnets = [];
      assert.match((await findingsOf(check)).found[0].found, /"subnet-0a" .*; it does not exist/);
      doctor.cloud.subnets = [{ ...subnet, AvailableIpAddressCount: 0 }];
      assert.match((await findingsOf(check)).found[0].found, /"subnet-0a" .*; it has 0/);
      doctor.cloud.subnets = [{ ...subnet, AvailableIpAddressCount: 0, hasEndpoint: true }];
      assert.deepEqual(failuresOf((await findingsOf(check)).found), []);
    });
  });
});
