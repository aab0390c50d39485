import assert from "node:assert/strict";

import type { RunCli } from "../../../soracom/run-cli";
import type { RunOptions } from "../core/support";
import { remedyOf } from "../status/support";
import { DoctorLab, existingVpc, failuresOf } from "./support";

describe("checkSoracomSide", function () {
  this.timeout(60_000);
  const doctor = new DoctorLab();
  const vpg = {
    vpgId: "one",
    status: "running" as const,
    type: 15,
    useInternetGateway: false,
    deviceSubnetCidrRange: "10.128.0.0/9",
    region: "ap-northeast-1",
    range: 1,
    tags: { "canal-ftp-owner": "canal-ftp/dev/aaaaaaaaaa/canal-ftp-dev-vpg" },
    peerings: null,
    createdTime: 0,
    readsLeft: 0,
    hiddenReads: 0,
    statusAfterCreation: "running" as const,
  };
  const rejecting: RunCli = async (args, env) =>
    args[0] === "version"
      ? doctor.lab.runCli(true)(args, env)
      : { exitCode: 255, stdout: "", stderr: 'Error: {"code":"AUM0004","message":"no"}\n' };

  const keys: [what: string, options: RunOptions, remedy: RegExp][] = [
    [
      "no key",
      { env: { SORACOM_AUTH_KEY_ID: "", SORACOM_AUTH_KEY: "" } },
      /No SORACOM credentials/,
    ],
    ["half a key", { env: { SORACOM_AUTH_KEY_ID: "" } }, /SORACOM_AUTH_KEY_ID is not set/],
    ["a rejected key", { runCli: rejecting }, /^SORACOM refused the key: AUM0004.*coverage "jp"/],
  ];
  for (const [what, options, remedy] of keys) {
    it(`fails with ${what}`, async () => {
      const { code, findings } = await doctor.run(options);
      assert.equal(code, 1);
      assert.deepEqual(failuresOf(findings), ["SORACOM's key: not accepted"]);
      assert.match(remedyOf(findings.filter(({ state }) => state === "failed")), remedy);
    });
  }

  it("fails at once when SORACOM cannot be reached, and names what to check", async () => {
    const { findings } = await doctor.run({ env: { SORACOM_ENDPOINT: "http://127.0.0.1:9" } });
    assert.deepEqual(failuresOf(findings), ["SORACOM's key: not accepted"]);
    const remedy = remedyOf(findings.filter(({ state }) => state === "failed"));
    assert.match(remedy, /^SORACOM's API did not answer within 15 s at http:\/\/127\.0\.0\.1:9/);
  });

  it("fails for a SAM user that lacks permissions, less those for what exists", async () => {
    const allow = ["VirtualPrivateGateway:*", "Sim:*", "Group:get*", "Group:list*", "Group:put*"];
    const permission = JSON.stringify({ statements: [{ effect: "allow", api: allow }] });
    doctor.lab.api.world.user = { name: "ci", permission };
    const lacks = async () => {
      const { findings } = await doctor.run();
      const finding = findings.find(({ check }) => check === "SORACOM's permissions");
      return /lacks permissions: ([^.]*)\./.exec(finding?.remedy ?? "")?.[1];
    };
    assert.equal(await lacks(), "Group:deleteTag, Group:createGroup, Group:deleteGroup");
    doctor.configure({ "canal-ftp:simGroupId": "00000000-0000-4000-8000-00000000fffe" });
    assert.equal(await lacks(), "Group:deleteTag, Group:deleteConfigurationParameter");
  });

  it("notes permissions that the user may not read", async () => {
    doctor.lab.api.world.user = { name: "ci", permission: "not JSON" };
    const { findings } = await doctor.run();
    assert.deepEqual(failuresOf(findings), []);
    const finding = findings.find(({ check }) => check === "SORACOM's permissions");
    assert.equal(finding?.state, "note");
  });

  it("accepts one VPG with the stack's tag, and fails with two", async () => {
    const { vpgId } = await doctor.deploy();
    const { vpgs } = doctor.lab.api.world;
    const own = vpgs.get(vpgId)!;
    vpgs.set("ended", { ...structuredClone(own), vpgId: "ended", status: "terminated" });
    assert.deepEqual(failuresOf((await doctor.run()).findings), []);
    vpgs.set("two", { ...structuredClone(own), vpgId: "two" });
    const { findings } = await doctor.run();
    assert.deepEqual(failuresOf(findings), [`VPG of this stack: ${vpgId}, two`]);
    assert.match(remedyOf(findings.filter(({ state }) => state === "failed")), /each is billed/);
  });

  it("before the first update, notes the VPG of a stack with the same name, as of a lost state", async () => {
    doctor.lab.api.world.vpgs.set("one", vpg);
    const { findings } = await doctor.run();
    assert.deepEqual(failuresOf(findings), []);
    const finding = findings.find(({ check }) => check === "VPG of this stack");
    assert.match(
      finding?.found ?? "",
      /^none in this state, but one of a stack with the same name/,
    );
    assert.match(finding?.remedy ?? "", /status --owner canal-ftp\/dev /);
  });

  it("checks a given VPG: existence, state, type and region", async () => {
    const vpgId = "00000000-0000-4000-8000-00000000ffff";
    doctor.configure({ "canal-ftp:vpgId": vpgId });
    const failures = async () => failuresOf((await doctor.run()).findings);
    assert.deepEqual(await failures(), [`VPG ${vpgId}: does not exist`]);
    const world = doctor.lab.api.world;
    world.vpgs.set(vpgId, { ...vpg, vpgId });
    assert.deepEqual(await failures(), []);
    world.vpgs.set(vpgId, { ...vpg, vpgId, type: 14, region: "us-west-2" });
    assert.deepEqual(await failures(), ["VPG type: 14", "VPG region: us-west-2"]);
  });

  it("fails when another peering of the VPG has the same addresses", async () => {
    const { vpgId } = await doctor.deploy();
    doctor.configure({ "canal-ftp:existingVpc": existingVpc });
    doctor.cloud.routeTables.set("rtb-0a1", []);
    doctor.cloud.addExistingVpc(existingVpc);
    const request = { peerOwnerId: "1", peerRegion: "ap-northeast-1", peerVpcId: "vpc-0ld" };
    doctor.lab.api.world.vpgs.get(vpgId)!.peerings = {
      "pcx-0ld": { ...request, destinationCidrBlock: "172.16.5.0/24" },
      "pcx-far": { ...request, destinationCidrBlock: "172.17.0.0/16" },
    };
    const { findings } = await doctor.run();
    assert.deepEqual(failuresOf(findings), [
      "other peerings of the VPG: pcx-0ld with destination 172.16.5.0/24",
    ]);
  });
});
