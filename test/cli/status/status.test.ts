import assert from "node:assert/strict";

import { Finding } from "../../../cli/core/findings";
import { urnOf } from "../../../cli/core/urns";
import type { CanalOutputs, StackFile } from "../../../cli/core/stack";
import { checkGroup, checkSims } from "../../../cli/status/group-checks";
import type { SoracomView } from "../../../cli/status/views";
import type { CanalConfig } from "../../../stacks/canal-config";
import type { RunCli } from "../../../soracom/run-cli";
import type { Resource } from "../../../lib/stack/resource";
import { KEYS, Lab } from "../../soracom/lab";
import { evaluateStack } from "../../support/golden";
import { Cloud } from "../core/cloud";
import { deploy } from "../core/deployed";
import { Ended, RunOptions, noProgram, run } from "../core/support";

describe("canal-ftp status", function () {
  this.timeout(120_000);
  let lab: Lab;
  let cloud: Cloud;
  let vpgId: string;
  let groupId: string;

  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());
  beforeEach(async () => {
    ({ cloud, vpgId, groupId } = await deploy(lab));
  });

  const status = (options: RunOptions = {}, ...more: string[]): Promise<Ended> =>
    run(["status", "--stack", "dev", ...more], lab, {
      runProgram: cloud.runProgram,
      aws: cloud.aws,
      ...options,
    });
  const findings = async (options: RunOptions = {}) => {
    const { code, document } = await status(options, "--json");
    const told = document<{ ok: boolean; findings: Finding[] }>();
    return { code, ok: told.ok, findings: told.findings };
  };
  const vpg = () => lab.api.world.vpgs.get(vpgId)!;
  const group = () => lab.api.world.groups.get(groupId)!;
  const pcx = () => String(cloud.outputs!.peeringConnectionId);

  it("finds nothing on a site that was just deployed, and changes nothing", async () => {
    lab.api.world.addSim("8981100000000000001", { groupId, sessionVpgId: vpgId });
    lab.api.world.addSim("8981100000000000002", { groupId, online: false });
    const before = lab.api.world.snapshot();
    const { code, ok, findings: all } = await findings();
    assert.deepEqual(
      all.filter(({ state }) => state !== "ok"),
      [],
    );
    assert.deepEqual([code, ok], [0, true]);
    assert.deepEqual(
      all.map(({ check }) =>
        check.replace(vpgId, "ID").replace(groupId, "ID").replace(pcx(), "ID"),
      ),
      [
        ...["VPG ID", "VPG type", "VPG region", "VPG internet gateway", "VPG device range"],
        ...["VPG owner tag", "peering ID at SORACOM", "peering ID at AWS", "peering's VPC"],
        ...["route to 100.64.152.0/24 in rtb-0a1", "route to 100.64.152.0/24 in rtb-0a2"],
        ...["group ID: useVpg", "group's VPG", "group's own resolvers", "SIMs"],
      ],
    );
    assert.deepEqual(lab.api.world.snapshot(), before);
    assert.deepEqual([...new Set(lab.api.calls.map(({ method }) => method))], ["GET"]);
    assert.ok(
      cloud.ran.every((line) => / (describe|get|output)/.test(line) || / output /.test(line)),
    );
    assert.ok(
      cloud.ran.includes(
        "aws ec2 describe-vpc-peering-connections --filters " +
          `Name=vpc-peering-connection-id,Values=${pcx()} --region ap-northeast-1 --output json`,
      ),
    );
  });

  it("prints a table for people, without a remedy when none is needed", async () => {
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^ +what +found\nok +VPG \S+ +running\nok +VPG type +15\n/);
    assert.doesNotMatch(stdout, /^- /m);
  });

  /** What goes wrong, what is told of it, and what to do. */
  const drifts: [string, () => void, RegExp, RegExp][] = [
    [
      "a VPG that was terminated",
      () => void (vpg().status = "terminated"),
      /^VPG \S+: terminated, not running$/,
      /gone at SORACOM.*--replace '\S+-vpg-gateway'$/,
    ],
    [
      "a VPG that vanished",
      () => void lab.api.world.vpgs.delete(vpgId),
      /^VPG \S+: not there, not running$/,
      /--replace/,
    ],
    [
      "a VPG that is being made again",
      () => void Object.assign(vpg(), { status: "creating", looksLeft: 99 }),
      /^VPG \S+: creating, not running$/,
      /ask SORACOM's support/,
    ],
    [
      "another type",
      () => void (vpg().type = 14),
      /^VPG type: 14, not 15$/,
      /fixed at its creation/,
    ],
    [
      "an open internet gateway",
      () => void (vpg().useInternetGateway = true),
      /^VPG internet gateway: true, not false$/,
      /fixed at its creation/,
    ],
    [
      "another device range",
      () => void (vpg().deviceSubnetCidrRange = "10.64.0.0/10"),
      /^VPG device range: 10\.64\.0\.0\/10, not 10\.128\.0\.0\/9$/,
      /fixed/,
    ],
    [
      "a missing owner tag",
      () => void delete vpg().tags["canal-ftp-owner"],
      /^VPG owner tag: not told, not canal-ftp\/dev\/vpg$/,
      /Set tag canal-ftp-owner/,
    ],
    [
      "a second VPG",
      () => void lab.api.world.vpgs.set("two", { ...structuredClone(vpg()), vpgId: "two" }),
      /^VPGs of this stack: 2, not 1$/,
      /Every VPG bills\. Terminate/,
    ],
    [
      "a peering deleted at SORACOM",
      () => void (vpg().peerings = {}),
      /^peering \S+ at SORACOM: not there, not there$|^peering \S+ at SORACOM: not there/,
      /--replace '\S+-canal-peering'$/,
    ],
    [
      "a peering deleted at AWS",
      () => void (cloud.peerings[0].code = "deleted"),
      /^peering \S+ at AWS: deleted, not active$/,
      /pulumi up -s dev finds that by its routes/,
    ],
    [
      "a peering rejected at AWS",
      () =>
        void Object.assign(cloud.peerings[0], {
          code: "rejected",
          message: "Rejected by 123456789012",
        }),
      /^peering \S+ at AWS: rejected \(Rejected by 123456789012\), not active$/,
      /makes it anew/,
    ],
    [
      "a peering that AWS has forgotten",
      () => void (cloud.peerings = []),
      /^peering \S+ at AWS: not there, not active$/,
      /makes it anew/,
    ],
    [
      "a peering that waits to be accepted",
      () => void (cloud.peerings[0].code = "pending-acceptance"),
      /at AWS: pending-acceptance, not active$/,
      /after 7 days\. Accept it: pulumi up -s dev --refresh/,
    ],
    [
      "a peering with another VPC",
      () => void (cloud.peerings[0].vpcId = "vpc-0ther"),
      /^peering's VPC: vpc-0ther, not vpc-/,
      /another VPC/,
    ],
    [
      "a missing route",
      () => void cloud.routeTables.get("rtb-0a2")!.pop(),
      /^route to 100\.64\.152\.0\/24 in rtb-0a2: no route, not pcx-\S+ active$/,
      /pulumi up -s dev --refresh$/,
    ],
    [
      "a route to elsewhere",
      () => void (cloud.routeTables.get("rtb-0a1")![1].VpcPeeringConnectionId = "pcx-0ther"),
      /in rtb-0a1: pcx-0ther, not/,
      /leads elsewhere/,
    ],
    [
      "a route into nothing",
      () => void (cloud.routeTables.get("rtb-0a1")![1].State = "blackhole"),
      /in rtb-0a1: pcx-\S+ blackhole, not/,
      /a peering that has ended/,
    ],
    [
      "a table that is gone",
      () => void cloud.routeTables.delete("rtb-0a1"),
      /no such table/,
      /--refresh/,
    ],
    [
      "a group that is gone",
      () => void lab.api.world.groups.delete(groupId),
      /^group \S+: not there/,
      /--replace '\S+-sims-group'$/,
    ],
    [
      "a group off the VPG",
      () => void (group().configuration.SoracomAir!.useVpg = false),
      /^group \S+: useVpg: false, not true$/,
      /Somebody changed group/,
    ],
    [
      "a group on another VPG",
      () => void (group().configuration.SoracomAir!.vpgId = "other"),
      /^group's VPG: other, not/,
      /Somebody changed group/,
    ],
    [
      "resolvers that nobody configured",
      () => void (group().configuration.SoracomAir!.useCustomDns = true),
      /^group's own resolvers: true, not false$/,
      /Somebody changed group/,
    ],
    [
      "a second group",
      () => void lab.api.world.groups.set("two", { ...structuredClone(group()), groupId: "two" }),
      /^groups of this stack: 2, not 1$/,
      /several groups/,
    ],
    [
      "a SIM that has not reconnected",
      () => void lab.api.world.addSim("8981100000000000001", { groupId }),
      /^SIM 8981100000000000001: session in no VPG, not in this VPG$/,
      /canal-ftp sims attach --stack dev 8981100000000000001$/,
    ],
    [
      "a SIM in another VPG",
      () => void lab.api.world.addSim("8981100000000000001", { groupId, sessionVpgId: "other" }),
      /^SIM \d+: session in VPG other, not in this VPG$/,
      /has not reconnected/,
    ],
  ];
  for (const [what, happen, told, remedy] of drifts) {
    it(`finds ${what}, says what to do, and ends with 1`, async () => {
      happen();
      const { code, ok, findings: all } = await findings();
      const bad = all.filter(({ state }) => state === "drift");
      const lines = bad.map(({ check, found, wanted }) => `${check}: ${found}, not ${wanted}`);
      assert.deepEqual([code, ok], [1, false]);
      assert.match(lines[0], told, lines.join("\n"));
      assert.match(bad[0].remedy ?? "", remedy);
      assert.ok(bad.every((finding) => finding.remedy));
      const { stdout } = await status();
      assert.match(stdout, /^DRIFT {2}/m);
      assert.ok(stdout.includes(`\n- ${bad[0].remedy}\n`), stdout);
    });
  }

  it("tells SORACOM's side as unknown without a key, and goes on with AWS's", async () => {
    const { code, findings: all } = await findings({
      env: { SORACOM_AUTH_KEY: "", SORACOM_AUTH_KEY_ID: "" },
    });
    assert.equal(code, 3);
    const unknown = all.filter(({ state }) => state === "unknown");
    assert.deepEqual(
      unknown.map(({ check }) => check),
      ["SORACOM's side"],
    );
    assert.match(unknown[0].remedy ?? "", /^No SORACOM credentials/);
    assert.ok(all.some(({ check, state }) => check.endsWith("at AWS") && state === "ok"));
  });

  it("tells AWS's side as unknown when aws fails, and drift counts for more", async () => {
    cloud.awsError = { code: "UnauthorizedOperation", message: "by the test" };
    const { code, findings: all } = await findings();
    assert.equal(code, 3);
    assert.match(
      all.find(({ state }) => state === "unknown")?.remedy ?? "",
      /^AWS EC2 Describe\w+ failed: UnauthorizedOperation/,
    );
    vpg().type = 14;
    assert.equal((await findings()).code, 1);
  });

  it("a CLI that prints the key is struck out", async () => {
    const runCli: RunCli = () =>
      Promise.resolve({
        exitCode: 255,
        stdout: "",
        stderr: `Error: {"code":"X1","message":"${KEYS.SORACOM_AUTH_KEY}"}`,
      });
    const { stdout, stderr } = await status({ runCli, env: { CANAL_FTP_POLL_SECONDS: "0.0001" } });
    assert.match(stdout, /\*\*\*/);
    assert.ok(!`${stdout}${stderr}`.includes(KEYS.SORACOM_AUTH_KEY));
  });

  it("ends with one sentence where there is nothing to compare", async () => {
    const none = await status({ runProgram: noProgram });
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^pulumi is not on the PATH.*\n$/);
    const older = { ...cloud.outputs, routeTableIds: undefined };
    cloud.outputs = older;
    assert.match(
      (await status()).stderr,
      /has no output routeTableIds: .* Run pulumi up -s dev once/,
    );
    cloud.outputs = { bucket: "files" };
    assert.match((await status()).stderr, /has no outputs of Canal/);
  });

  it("judges the SIMs and resolvers that the configuration names", () => {
    const outputs = { vpgId, simGroupId: groupId } as CanalOutputs;
    const canal = { simIds: ["1", "2"], dnsServers: ["10.0.0.2"] } as unknown as CanalConfig;
    const file = { project: "canal-ftp", stack: "dev" } as StackFile;
    const wanted = { file, outputs, canal, region: "ap-northeast-1" };
    const configuration = {
      SoracomAir: { useVpg: true, vpgId, useCustomDns: true, dnsServers: ["10.9.0.2"] },
    };
    const sims = [{ simId: "1", sessionStatus: { online: true, vpgId } }];
    const view = {
      group: { groupId, configuration },
      ownGroups: [],
      sims,
    } as unknown as SoracomView;
    const bad = [...checkGroup(wanted, view), ...checkSims(wanted, view)].filter(
      ({ state }) => state !== "ok",
    );
    assert.deepEqual(
      bad.map(({ check, found, wanted: is }) => [check, found, is]),
      [
        ["group's resolvers", '["10.9.0.2"]', '["10.0.0.2"]'],
        ["SIM 2", "not in the group", "in the group"],
      ],
    );
  });

  it("tells as a note what SORACOM leaves out of its answer", async () => {
    const runCli: RunCli = async (args, env) => {
      const result = await lab.runCli(true)(args, env);
      return { ...result, stdout: result.stdout.replace(/^\t"type":.*\n/gm, "") };
    };
    const { code, findings: all } = await findings({ runCli });
    assert.equal(code, 0);
    assert.deepEqual(
      all.filter(({ state }) => state === "note").map(({ check }) => check),
      ["VPG type", "SIMs"],
    );
  });

  it("names the Commands by the URNs they have", async () => {
    const { resources } = await evaluateStack("dev");
    const typesOf = (resource: Resource): string => {
      const parent = resources.find(({ key }) => key === resource.parent);
      return `${parent ? `${typesOf(parent)}$` : ""}${resource.type}`;
    };
    const commands = resources.filter(({ type }) => type === "command:local:Command");
    const urns = commands.map((one) => `urn:pulumi:dev::canal-ftp::${typesOf(one)}::${one.name}`);
    for (const name of ["gateway", "peering", "group"] as const) {
      assert.ok(urns.includes(urnOf("canal-ftp", "dev", name)), urns.join("\n"));
    }
  });
});
