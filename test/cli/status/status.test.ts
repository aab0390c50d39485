import assert from "node:assert/strict";

import type { Finding } from "../../../cli/core/findings";
import type { RunCli } from "../../../soracom/run-cli";
import { testKeys, Lab } from "../../soracom/lab";
import type { Cloud } from "../core/cloud";
import { deploy } from "../core/deployed";
import { type Ended, noProgram, run, type RunOptions } from "../core/support";
import { problemsOf } from "./support";

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
    return { code, ...document<{ ok: boolean; findings: Finding[] }>() };
  };
  const vpg = () => lab.api.world.vpgs.get(vpgId)!;
  const pcx = () => String(cloud.outputs!.peeringConnectionId);

  it("finds nothing on a newly deployed site, and changes nothing", async () => {
    lab.api.world.addSim("8981100000000000001", { groupId, sessionVpgId: vpgId });
    lab.api.world.addSim("8981100000000000002", { groupId, online: false });
    const before = lab.api.world.snapshot();
    const { code, ok, findings: all } = await findings();
    assert.deepEqual(problemsOf(all), []);
    assert.deepEqual([code, ok], [0, true]);
    assert.deepEqual(
      all.map(({ check }) =>
        check.replace(vpgId, "ID").replace(groupId, "ID").replace(pcx(), "ID"),
      ),
      [
        `claim ${String(cloud.outputs!.soracomOwner)}`,
        ...["VPG ID", "VPG type", "VPG region", "VPG internet gateway", "VPG device range"],
        ...[
          "VPG owner tag",
          "VPG tags",
          "peering ID at SORACOM",
          "peering ID at AWS",
          "peering's VPC",
        ],
        ...["route to 100.64.152.0/24 in rtb-0a1", "route to 100.64.152.0/24 in rtb-0a2"],
        ...["group ID: useVpg", "group's VPG", "group's custom DNS"],
        ...["group owner tag", "group tags", "SIMs"],
      ],
    );
    assert.deepEqual(lab.api.world.snapshot(), before);
    const calls = lab.api.calls.filter(({ operationId }) => operationId !== "auth");
    assert.deepEqual([...new Set(calls.map(({ method }) => method))], ["GET"]);
    assert.deepEqual(cloud.ran.toSorted(), [
      "EC2 DescribeRouteTables",
      "EC2 DescribeVpcPeeringConnections",
      "pulumi stack output --json --stack dev",
    ]);
  });

  it("prints a table, without remedies when none is needed", async () => {
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^ +what +found\nok +claim \S+ +only what the stack has\nok +VPG \S+ +running\nok +VPG type +15\n/,
    );
    assert.doesNotMatch(stdout, /^- /m);
  });

  it("reports drift on both sides with a remedy for each, and ends with 1", async () => {
    vpg().type = 14;
    cloud.peerings[0].code = "deleted";
    const { code, ok, findings: all } = await findings();
    assert.deepEqual([code, ok], [1, false]);
    const drift = all.filter(({ state }) => state === "drift");
    assert.deepEqual(
      drift.map(({ found }) => found),
      ["14", "deleted"],
    );
    const { stdout } = await status();
    assert.match(stdout, /^DRIFT {2}/m);
    for (const { remedy } of drift) assert.ok(stdout.includes(`\n- ${remedy}\n`), stdout);
  });

  it("finds every VPG and group with the stack's tag", async () => {
    const { vpgs, groups } = lab.api.world;
    vpgs.set("two", { ...structuredClone(vpg()), vpgId: "two" });
    groups.set("two", { ...structuredClone(groups.get(groupId)!), groupId: "two" });
    assert.deepEqual(problemsOf((await findings()).findings), [
      `drift: claim ${String(cloud.outputs!.soracomOwner)}: also carried by VPG two, group two, not only what the stack has`,
      "drift: VPGs of this stack: 2, not 1",
      "drift: groups of this stack: 2, not 1",
      "note: SIMs: 0 in the group: 0 in the VPG, 0 offline",
    ]);
  });

  it("reports tags that were changed or removed", async () => {
    delete vpg().tags["canal-ftp-owner"];
    lab.api.world.groups.get(groupId)!.tags.stack = "prod";
    const drift = (await findings()).findings.filter(({ state }) => state === "drift");
    assert.deepEqual(
      drift.map(({ check }) => check),
      ["VPG owner tag", "group tags"],
    );
  });

  it("has no view of SORACOM's side without a key, and still checks AWS's", async () => {
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
    assert.ok(!all.some(({ check }) => check.startsWith("route to")));
  });

  it("ends with 3 when AWS returns an error, and with 1 when there is drift as well", async () => {
    cloud.awsError = { code: "RequestLimitExceeded", message: "Request limit exceeded." };
    const { code, findings: all } = await findings();
    assert.equal(code, 3);
    const { check, remedy } = all.find(({ state }) => state === "unknown")!;
    assert.equal(check, "AWS's side");
    assert.match(remedy ?? "", /^AWS EC2 Describe\S+ failed: RequestLimitExceeded/);
    vpg().type = 14;
    assert.equal((await findings()).code, 1);
  });

  it("masks a key that the soracom CLI prints", async () => {
    const runCli: RunCli = () =>
      Promise.resolve({
        exitCode: 255,
        stdout: "",
        stderr: `Error: {"code":"X1","message":"${testKeys.SORACOM_AUTH_KEY}"}`,
      });
    const { stdout, stderr } = await status({ runCli, env: { CANAL_FTP_POLL_SECONDS: "0.0001" } });
    assert.match(stdout, /\*\*\*/);
    assert.ok(!`${stdout}${stderr}`.includes(testKeys.SORACOM_AUTH_KEY));
  });

  it("ends with one sentence when the stack has nothing to compare", async () => {
    const none = await status({ runProgram: noProgram });
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^pulumi is not on the PATH.*\n$/);
    cloud.outputs = { bucket: "files" };
    assert.match((await status()).stderr, /has no outputs of Canal/);
  });
});
