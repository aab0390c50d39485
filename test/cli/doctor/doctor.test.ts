import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { checkNode } from "../../../cli/doctor/programs";
import { isOlder, versionIn } from "../../../cli/doctor/versions";
import { Finding } from "../../../cli/core/findings";
import type { RunCli } from "../../../soracom/run-cli";
import { processRunner } from "../../../soracom/run-cli";
import { Lab } from "../../soracom/lab";
import { root } from "../../support/golden";
import { Cloud } from "../core/cloud";
import { deploy } from "../core/deployed";
import { RunOptions, noProgram, run } from "../core/support";

const VPC = {
  vpcId: "vpc-0a1b",
  cidr: "172.16.0.0/16",
  subnetIds: ["subnet-0a"],
  routeTableIds: ["rtb-0a1"],
};

describe("canal-ftp doctor", function () {
  this.timeout(120_000);
  let lab: Lab;
  let cloud: Cloud;
  let folder: string;

  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());
  beforeEach(() => {
    lab.reset();
    cloud = new Cloud();
    fs.mkdirSync(path.join(root, ".twin"), { recursive: true });
    folder = fs.mkdtempSync(path.join(root, ".twin", "doctor-"));
    fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
    configure({});
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Pulumi.dev.yaml; JSON is YAML. */
  function configure(config: Record<string, unknown>): void {
    const all = { "aws:region": "ap-northeast-1", ...config };
    fs.writeFileSync(path.join(folder, "Pulumi.dev.yaml"), JSON.stringify({ config: all }));
  }
  async function doctor(options: RunOptions = {}) {
    const { code, document } = await run(["doctor", "--stack", "dev", "--json"], lab, {
      root: folder,
      runProgram: cloud.runProgram,
      aws: cloud.aws,
      ...options,
    });
    const { findings } = document<{ findings: Finding[] }>();
    const failed = findings.filter(({ state }) => state === "failed");
    assert.ok(
      failed.every(({ remedy }) => remedy),
      "a failure without a remedy",
    );
    return { code, findings, failed };
  }

  it("passes a machine and accounts where nothing is deployed yet", async () => {
    const { code, findings } = await doctor();
    assert.deepEqual(
      findings.map(({ check, state, found }) => [check, state, found]),
      [
        ["Node", "ok", process.versions.node],
        ["pulumi", "ok", "v3.248.0"],
        ["aws", "ok", "aws-cli/2.31.0"],
        ["soracom", "ok", "SORACOM API client v1.7.0"],
        ["Pulumi.dev.yaml", "ok", "can be used"],
        ["pulumi login", "ok", "somebody"],
        [
          "stack",
          "note",
          "pulumi does not tell the outputs of stack dev: error: no stack named 'dev' found",
        ],
        ["SORACOM's key", "ok", "accepted, coverage jp"],
        ["VPG of this stack", "note", "none yet; pulumi up makes one, which bills from then on"],
        ["AWS account", "ok", "123456789012"],
        ["VPCs of the region", "ok", "1 of 5"],
        ["Transfer servers of the region", "ok", "1 of 50"],
        ["functions at once", "ok", "1000"],
      ],
    );
    assert.equal(code, 0);
    assert.deepEqual([...new Set(lab.api.calls.map(({ method }) => method))], ["GET"]);
  });

  it("passes a site that is deployed, whose own peering and routes are no clash", async () => {
    ({ cloud } = await deploy(lab));
    const { code, findings } = await doctor();
    assert.equal(code, 0);
    const last = findings.at(-1);
    assert.equal(last?.found, "nothing else leads to 100.64.152.0/24");
  });

  const failures: [string, () => RunOptions | void, RegExp, RegExp][] = [
    [
      "no pulumi",
      () => ({ runProgram: noProgram }),
      /^pulumi: not on PATH/,
      /pulumi\.com\/docs\/install/,
    ],
    [
      "pulumi of another age",
      () => ({
        runProgram: async (program, args) =>
          args[0] === "version"
            ? { code: 0, stdout: "v2.25.2\n", stderr: "" }
            : cloud.runProgram(program, args),
      }),
      /^pulumi: v2\.25\.2/,
      /Install the Pulumi CLI/,
    ],
    [
      "nobody logged in",
      () => ({
        runProgram: async (program, args) =>
          args[0] === "whoami"
            ? { code: 255, stdout: "", stderr: "error" }
            : cloud.runProgram(program, args),
      }),
      /^pulumi login: not logged in/,
      /pulumi login/,
    ],
    [
      "no soracom",
      () => ({ runCli: processRunner("/nowhere/soracom") }),
      /^soracom: cannot be started/,
      /^Install soracom-cli v1\.7\.0/,
    ],
    [
      "an old soracom",
      () => ({ runCli: older }),
      /^soracom: SORACOM API client v1\.2\.3/,
      /v1\.7\.0 or newer/,
    ],
    [
      "no SORACOM key",
      () => ({ env: { SORACOM_AUTH_KEY_ID: "", SORACOM_AUTH_KEY: "" } }),
      /^SORACOM's key: not accepted/,
      /No SORACOM credentials/,
    ],
    [
      "half a SORACOM key",
      () => ({ env: { SORACOM_AUTH_KEY_ID: "" } }),
      /^SORACOM's key/,
      /SORACOM_AUTH_KEY_ID is not set/,
    ],
    [
      "a SORACOM key that is refused",
      () => ({ runCli: refusing }),
      /^SORACOM's key: not accepted/,
      /^SORACOM refused the key: AUM0004.*coverage "jp"/,
    ],
    [
      "another AWS account",
      () => configure({ "aws:allowedAccountIds": ["210987654321"] }),
      /^AWS account: 123456789012/,
      /another account than aws:allowedAccountIds/,
    ],
    [
      "AWS credentials that are refused",
      () =>
        void (cloud.awsError = { code: "InvalidClientTokenId", message: "The token is invalid" }),
      /^AWS credentials: not accepted/,
      /InvalidClientTokenId/,
    ],
    [
      "a region outside the coverage",
      () => configure({ "aws:region": "us-west-2" }),
      /^Pulumi\.dev\.yaml: aws:region: "us-west-2" given; allowed: ap-northeast-1 \(coverage jp/,
      /Correct Pulumi\.dev\.yaml/,
    ],
    [
      "a VPC over the devices' range",
      () => configure({ "canal-ftp:vpcCidr": "10.200.0.0/16" }),
      /vpcCidr.*apart from canal-ftp:deviceCidr/,
      /Correct/,
    ],
    [
      "a VPG that is not there",
      () => configure({ "canal-ftp:vpgId": "00000000-0000-4000-8000-00000000ffff" }),
      /^VPG \S+: not there/,
      /must name a running VPG of Type-F in ap-northeast-1/,
    ],
    [
      "a VPC without the route table",
      () => configure({ "canal-ftp:existingVpc": VPC }),
      /^route table rtb-0a1: not there/,
      /canal-ftp:existingVpc/,
    ],
    [
      "no room for a VPC",
      () => void (cloud.quotas.vpc = { "VPCs per Region": 1 }),
      /^VPCs of the region: 1 of 1/,
      /ask AWS for a higher quota/,
    ],
    [
      "no room for a server",
      () => void (cloud.servers = Array.from({ length: 50 }, (_, index) => `s-${index}`)),
      /^Transfer servers of the region: 50 of 50/,
      /ask AWS for a higher quota/,
    ],
    ["two VPGs of the stack", () => void twoVpgs(), /^VPG of this stack: \S+, two/, /each bills/],
  ];
  for (const [what, happen, told, remedy] of failures) {
    it(`finds ${what}, says what to do, and ends with 1`, async () => {
      const { code, failed } = await doctor(happen() ?? {});
      assert.equal(code, 1);
      const lines = failed.map(({ check, found }) => `${check}: ${found}`);
      assert.match(lines[0] ?? "", told, lines.join("\n"));
      assert.match(failed[0].remedy ?? "", remedy);
    });
  }

  const older: RunCli = async (args, env) =>
    args[0] === "version"
      ? { exitCode: 0, stdout: "SORACOM API client v1.2.3\n", stderr: "" }
      : lab.runCli(true)(args, env);
  const refusing: RunCli = async (args, env) =>
    args[0] === "version"
      ? lab.runCli(true)(args, env)
      : { exitCode: 255, stdout: "", stderr: 'Error: {"code":"AUM0004","message":"no"}\n' };
  function twoVpgs(): void {
    const vpg = {
      vpgId: "one",
      status: "running" as const,
      type: 15,
      useInternetGateway: false,
      deviceSubnetCidrRange: "10.128.0.0/9",
      region: "ap-northeast-1",
      range: 1,
      tags: { "canal-ftp-owner": "canal-ftp/dev/vpg" },
      peerings: null,
      createdTime: 0,
      looksLeft: 0,
      hiddenFor: 0,
      destiny: "running" as const,
    };
    lab.api.world.vpgs.set("one", vpg).set("two", { ...vpg, vpgId: "two" });
  }

  it("notes a VPC of the same addresses, few functions at once, and a quota nobody tells", async () => {
    cloud.vpcs.push({ VpcId: "vpc-0a", CidrBlock: "10.0.128.0/17" });
    cloud.concurrency = 10;
    cloud.quotas = {};
    const { code, findings } = await doctor();
    assert.equal(code, 0);
    assert.deepEqual(
      findings.slice(-4).map(({ check, state, found }) => [check, state, found]),
      [
        ["VPCs of the region", "note", "2; the quota is not told"],
        ["Transfer servers of the region", "note", "1; the quota is not told"],
        ["functions at once", "note", "10"],
        ["VPC vpc-0a", "note", "10.0.128.0/17, like canal-ftp:vpcCidr 10.0.0.0/16"],
      ],
    );
  });

  it("asks nothing about the room in an account that is not the stack's", async () => {
    configure({ "aws:allowedAccountIds": ["210987654321"] });
    const { findings } = await doctor();
    assert.equal(findings.at(-1)?.check, "AWS account");
  });

  it("needs a site without Canal to have room too, and no SORACOM", async () => {
    configure({ "canal-ftp:canal": "none", "canal-ftp:allowedCidr": "10.0.0.0/8" });
    const { code, findings } = await doctor();
    assert.equal(code, 0);
    assert.equal(findings.at(-1)?.check, "functions at once");
    assert.ok(!findings.some(({ check }) => check === "SORACOM's key"));
  });

  describe("in an existing VPC", () => {
    const route = (DestinationCidrBlock: string, VpcPeeringConnectionId: string) => ({
      ...{ DestinationCidrBlock, VpcPeeringConnectionId },
      ...{ State: "active" as const, Origin: "CreateRoute" as const },
    });
    let vpgId: string;
    beforeEach(async () => {
      const deployed = await deploy(lab);
      vpgId = deployed.vpgId;
      cloud.routeTables.set("rtb-0a1", []);
      configure({ "canal-ftp:existingVpc": VPC });
    });

    it("passes a table that leads elsewhere, wider ranges included", async () => {
      cloud.routeTables
        .get("rtb-0a1")!
        .push(route("10.9.0.0/16", "pcx-9"), route("0.0.0.0/0", "pcx-8"));
      assert.equal((await doctor()).code, 0);
    });

    it("finds a route that takes the VPG's addresses", async () => {
      cloud.routeTables.get("rtb-0a1")!.push(route("100.64.152.128/25", "pcx-9"));
      const { failed } = await doctor();
      assert.deepEqual(
        failed.map(({ check, found }) => [check, found]),
        [["route table rtb-0a1", "100.64.152.128/25 leads to pcx-9"]],
      );
    });

    it("only notes it before there is a VPG, whose range nobody knows", async () => {
      lab.reset();
      cloud.routeTables.get("rtb-0a1")!.push(route("100.64.152.128/25", "pcx-9"));
      const { code, findings } = await doctor();
      assert.equal(code, 0);
      assert.match(findings.at(-1)?.remedy ?? "", /needs 100\.64\.0\.0\/10/);
    });

    it("finds a living peering with a VPC of the same addresses, and minds no ended one", async () => {
      const other = {
        id: "pcx-9",
        code: "deleted",
        vpcId: VPC.vpcId,
        requesterCidr: "100.64.152.0/25",
      };
      cloud.peerings = [other];
      assert.equal((await doctor()).code, 0);
      other.code = "active";
      const { failed } = await doctor();
      assert.deepEqual(
        failed.map(({ found }) => found),
        ["pcx-9 with 100.64.152.0/25"],
      );
    });

    it("finds another peering of the VPG that leads to the same addresses", async () => {
      const vpg = lab.api.world.vpgs.get(vpgId)!;
      const request = { peerOwnerId: "1", peerRegion: "ap-northeast-1", peerVpcId: "vpc-0ld" };
      vpg.peerings = { "pcx-0ld": { ...request, destinationCidrBlock: "172.16.5.0/24" } };
      const { failed } = await doctor();
      assert.match(failed[0].remedy ?? "", /cannot tell 172\.16\.0\.0\/16 from 172\.16\.5\.0\/24/);
    });

    it("checks a VPG that is given: reachable, running, of the right type and region", async () => {
      configure({ "canal-ftp:vpgId": vpgId, "canal-ftp:vpcCidr": "172.20.0.0/16" });
      assert.equal((await doctor()).code, 0);
      Object.assign(lab.api.world.vpgs.get(vpgId)!, { type: 14, region: "us-west-2" });
      const { failed } = await doctor();
      assert.deepEqual(
        failed.map(({ check, found }) => [check, found]),
        [
          ["VPG type", "14"],
          ["VPG region", "us-west-2"],
        ],
      );
    });
  });

  it("knows an old Node, and versions", () => {
    assert.equal(checkNode("20.19.0").state, "ok");
    assert.equal(checkNode("26.1.0").state, "ok");
    assert.equal(checkNode("20.18.3").state, "failed");
    assert.deepEqual(versionIn("aws-cli/2.31.0 Python/3.13.7"), [2, 31, 0]);
    assert.equal(versionIn("SORACOM API client v"), undefined);
    assert.equal(isOlder([1, 10], [1, 9, 9]), false);
    assert.equal(isOlder([1, 7], [1, 7, 1]), true);
  });
});
