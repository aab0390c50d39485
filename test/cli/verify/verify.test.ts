import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { testKeys, Lab } from "../../soracom/lab";
import type { Cloud } from "../core/cloud";
import { deploy } from "../core/deployed";
import { failingTable, deployedTable } from "../users/support";
import { sdkApi } from "../../../cli/core/aws-sdk";
import { bucket, deployedAws, documents, serverId, TransferStandIn } from "./deployed-aws";
import { runIt, type Verified } from "./support";

describe("canal-ftp verify --stack", function () {
  this.timeout(30_000);
  let lab: Lab;
  let cloud: Cloud;
  let vpgId: string;
  let groupId: string;
  let table: Awaited<ReturnType<typeof deployedTable>>;
  let transfer: TransferStandIn;
  let answers: ReturnType<typeof documents>;

  before(async () => {
    lab = await Lab.open();
    table = await deployedTable();
  });
  after(async () => {
    await table.close();
    await lab.close();
  });
  beforeEach(async () => {
    ({ cloud, vpgId, groupId } = await deploy(lab));
    transfer = new TransferStandIn();
    answers = documents(String(cloud.outputs?.vpcId));
    Object.assign(cloud.outputs!, {
      bucket: bucket,
      serverId: serverId,
      privateIps: ["10.0.0.5", "10.0.64.5"],
      userTable: table.name,
      alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:alarms",
    });
  });

  const verify = (argv: readonly string[] = ["--json"], given: Parameters<typeof runIt>[1] = {}) =>
    runIt(["--stack", "dev", ...argv], {
      env: {
        ...process.env,
        ...testKeys,
        SORACOM_ENDPOINT: lab.api.endpoint,
        CANAL_FTP_POLL_SECONDS: "0.001",
      },
      runCli: lab.runCli(true),
      clock: lab.clock,
      runProgram: cloud.runProgram,
      aws: (target) =>
        target.endpoint === undefined
          ? deployedAws(cloud, answers, transfer)
          : sdkApi(target, new AbortController().signal),
      ...given,
    });
  describe("--record", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-record-"));
    const file = path.join(folder, "evidence.json");
    after(() => fs.rmSync(folder, { recursive: true }));
    const statesOf = ({ hops }: Verified) => hops.map(({ hop, state }) => [hop, state]);
    /** The hops as --replay finds them, with neither AWS nor SORACOM. */
    const replay = async () => {
      const { code, document } = await runIt(["--replay", file, "--json"], { env: {} });
      return { code, states: statesOf(document()) };
    };

    it("writes what was read, masked; --replay finds the same without AWS and SORACOM", async () => {
      lab.api.world.addSim("8981100000000000001", { groupId, sessionVpgId: vpgId });
      cloud.outputs!.serverLogGroup = "server-logs";
      const { code, document, stderr } = await verify(["--json", "--record", file]);
      assert.equal(code, 0);
      assert.match(stderr, /Wrote .*evidence\.json/);
      const text = fs.readFileSync(file, "utf8");
      assert.doesNotMatch(text, /123456789012|8981100000000000001|\$scrypt\$/);
      assert.doesNotMatch(text, new RegExp(transfer.asked[0].UserPassword));
      assert.match(text, /server-logs|serverLogGroup/);
      assert.deepEqual(await replay(), { code: 0, states: statesOf(document()) });
    });

    it("of a broken site is as broken when it is replayed", async () => {
      answers["EC2 DescribeSecurityGroupRules"].SecurityGroupRules.pop();
      Object.assign(answers, { "S3 GetBucketVersioning": {} });
      cloud.peerings = [];
      const { code, document } = await verify(["--json", "--record", file]);
      assert.equal(code, 1);
      assert.deepEqual(await replay(), { code: 1, states: statesOf(document()) });
    });

    it("excludes --replay and --twin", async () => {
      assert.equal((await verify(["--record", file, "--replay", file])).code, 2);
      assert.equal((await verify(["--record", file, "--twin"])).code, 2);
    });
  });

  /** Users in the table. */
  const names = async (): Promise<string[]> => {
    const { Items } = await table.call("Scan", { TableName: table.name, ConsistentRead: true });
    return (Items as { pk: { S: string } }[]).map(({ pk }) => pk.S);
  };

  it("finds every hop intact, only reads, and removes its user", async () => {
    lab.api.world.addSim("8981100000000000001", { groupId, sessionVpgId: vpgId });
    const before = lab.api.world.snapshot();
    const inTable: string[][] = [];
    transfer.before = async () => void inTable.push(await names());
    const { code, document, stdout } = await verify();
    const { ok, hops, twin } = document();
    assert.deepEqual([code, ok, twin], [0, true, false], stdout);
    assert.deepEqual(
      hops
        .filter(({ state }) => state !== "ok")
        .map(({ hop, findings }) => [hop, findings[0].found]),
      [["FTP session", "only a device can connect: ftp -p 10.0.0.5"]],
    );
    assert.deepEqual([inTable.length, inTable[0].length], [1, 1]);
    assert.deepEqual(await names(), []);
    assert.deepEqual(lab.api.world.snapshot(), before);
    assert.deepEqual(
      [
        ...new Set(
          lab.api.calls
            .filter(({ operationId }) => operationId !== "auth")
            .map(({ method }) => method),
        ),
      ],
      ["GET"],
    );
    assert.deepEqual(
      cloud.ran.filter((line) => !/^\w+ (Describe|Get|List)\w+$|^pulumi stack output/.test(line)),
      [],
    );
  });

  it("tests the login from an address of the devices' range, with its temporary user", async () => {
    await verify();
    const [input] = transfer.asked;
    assert.deepEqual(
      [input.ServerId, input.ServerProtocol, input.SourceIp],
      [serverId, "FTP", "100.64.152.2"],
    );
    assert.match(input.UserName, /^verify-[0-9a-f]{8}$/);
    assert.ok(cloud.ran.every((line) => !line.includes(input.UserPassword)));
  });

  /** One thing that differs, the hop, and the remedy. */
  const cases: [what: string, hop: string, remedy: RegExp, damage: () => void][] = [
    [
      "a SIM outside the VPG",
      "SIMs",
      /SIM 8981100000000000002 has not reconnected/,
      () => void lab.api.world.addSim("8981100000000000002", { groupId, sessionVpgId: undefined }),
    ],
    [
      "a group that does not use the VPG",
      "SIM group",
      /was changed outside Pulumi/,
      () => void (lab.api.world.groups.get(groupId)!.configuration.SoracomAir!.useVpg = false),
    ],
    [
      "a VPG that is gone",
      "VPG",
      /no longer exists at SORACOM/,
      () => void lab.api.world.vpgs.delete(vpgId),
    ],
    [
      "a peering that was rejected",
      "peering",
      /has ended on the AWS side/,
      () => void (cloud.peerings[0].code = "rejected"),
    ],
    [
      "a peering that was deleted",
      "peering",
      /has ended on the AWS side/,
      () => void (cloud.peerings[0].code = "deleted"),
    ],
    [
      "a route that is gone",
      "routes",
      /A route is missing/,
      () => void cloud.routeTables.get("rtb-0a2")!.pop(),
    ],
    [
      "a rule for another range",
      "security group",
      /allows TCP port 21 from 100\.64\.152\.0\/24/,
      () =>
        void (answers["EC2 DescribeSecurityGroupRules"].SecurityGroupRules[0].CidrIpv4 =
          "10.0.0.0/8"),
    ],
    [
      "no rule for the passive ports",
      "security group",
      /allows TCP ports 8192-8200 from 100\.64\.152\.0\/24/,
      () => void answers["EC2 DescribeSecurityGroupRules"].SecurityGroupRules.pop(),
    ],
    [
      "a server that is stopped",
      "server",
      /Start it in the Transfer Family console: server s-0123456789abcdef0/,
      () => void (answers["Transfer DescribeServer"].Server.State = "OFFLINE"),
    ],
    [
      "a server with other addresses",
      "server",
      /addresses differ from the stack's outputs/,
      () => void answers["EC2 DescribeNetworkInterfaces"].NetworkInterfaces.pop(),
    ],
    [
      "an invocation role that is gone",
      "identity provider",
      /no longer exists/,
      () => void Object.assign(answers, { "IAM GetRole caller": "NoSuchEntity" }),
    ],
    [
      "an invocation role that trusts others",
      "identity provider",
      /Transfer Family cannot assume caller, so it cannot call the identity provider/,
      () => void (answers["IAM GetRole caller"] = answers["IAM GetRole files"]),
    ],
    [
      "an API that answers 500",
      "login",
      /permission for apigateway/,
      () => void (transfer.reply = { StatusCode: 500, Message: "Internal server error" }),
    ],
    [
      "a function that refuses",
      "login",
      /refused a user that is in/,
      () => void (transfer.reply = { StatusCode: 200, Response: "", Message: "" }),
    ],
    [
      "a table that is gone",
      "login",
      /The user table no longer exists/,
      () => void (cloud.outputs!.userTable = "none"),
    ],
    [
      "a file role with a wrong trust",
      "file role",
      /cannot assume files/,
      () => void (answers["IAM GetRole files"] = answers["IAM GetRole caller"]),
    ],
    [
      "a bucket that is open",
      "bucket",
      /public access block was removed/,
      () =>
        void Object.assign(answers, {
          "S3 GetPublicAccessBlock": "NoSuchPublicAccessBlockConfiguration",
        }),
    ],
    [
      "a bucket without its policy",
      "bucket",
      /no longer denies requests without TLS/,
      () => void Object.assign(answers, { "S3 GetBucketPolicy": "NoSuchBucketPolicy" }),
    ],
    [
      "a bucket that is gone",
      "bucket",
      /The bucket and its files no longer exist/,
      () => void Object.assign(answers, { "S3 GetBucketLocation": "NoSuchBucket" }),
    ],
  ];
  for (const [what, hop, remedy, damage] of cases) {
    it(`names the hop and the remedy of ${what}`, async () => {
      damage();
      const { code, document, stdout } = await verify();
      assert.deepEqual([code, document().first?.hop], [1, hop], stdout);
      assert.match(document().first?.remedy ?? "", remedy);
      assert.deepEqual(await names(), []);
    });
  }

  it("ends with 3 where AWS denies a read, and names the operation", async () => {
    Object.assign(answers, {
      "IAM GetRole files": "AccessDenied",
      "S3 GetBucketPolicy": "AccessDenied",
    });
    const { code, document } = await verify();
    const unknown = document().hops.filter(({ state }) => state === "unknown");
    assert.deepEqual([code, unknown.map(({ hop }) => hop)], [3, ["file role", "bucket"]]);
    assert.match(unknown[0].findings[0].remedy ?? "", /AWS IAM GetRole failed: AccessDenied/);
  });

  it("continues without a user when it may not write one", async () => {
    const restore = await failingTable(table.endpoint, "PutItem", () => true);
    try {
      const { code, document } = await verify();
      assert.equal(code, 3);
      const login = document().hops.find(({ hop }) => hop === "login");
      assert.match(
        login?.findings[0].remedy ?? "",
        /no user could be added to the table: .*AccessDenied/,
      );
      assert.equal(transfer.asked.length, 0);
    } finally {
      restore();
    }
  });

  it("prints the command that removes the user when that fails", async () => {
    const restore = await failingTable(table.endpoint, "DeleteItem", () => true);
    try {
      const { code, stdout } = await verify();
      assert.equal(code, 1);
      const { error } = JSON.parse(stdout) as { error: { message: string } };
      assert.match(error.message, /canal-ftp users remove verify-[0-9a-f]{8} --stack dev/);
    } finally {
      restore();
    }
    const [pk] = await names();
    assert.match(pk, /^user#verify-/);
    await table.call("DeleteItem", { TableName: table.name, Key: { pk: { S: pk } } });
  });

  it("removes the user when it is interrupted during the login", async () => {
    const stop = new AbortController();
    let meanwhile: string[] = [];
    transfer.before = async () => {
      meanwhile = await names();
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    };
    const { code, stdout } = await verify(["--json"], { stop: stop.signal });
    assert.deepEqual([code, meanwhile.length], [1, 1]);
    assert.match(stdout, /Interrupted/);
    assert.deepEqual(await names(), []);
  });

  it("rejects a stack that is not deployed", async () => {
    delete cloud.outputs!.serverId;
    const { code, stdout } = await verify([]);
    assert.deepEqual([code, stdout], [1, ""]);
    cloud.outputs = undefined;
    const { stderr } = await verify([]);
    assert.match(stderr, /no stack named 'dev' found/);
  });
});
