/**
 * Against moto's server, an implementation of S3 and DynamoDB of its own (`pip install 'moto[s3,dynamodb,server]'`). Its
 * RestoreTableToPointInTime copies the table as it is now, whatever the time.
 */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";

import type { AwsApi } from "../../../cli/core/aws";
import { sdkApi } from "../../../cli/core/aws-sdk";
import { runCli } from "../../support/cli-context";
import { freeRange } from "../../support/free-ports";
import { isInstalled } from "../../support/run-client";
import { until } from "../../support/until";

const motoServer = process.env.MOTO_SERVER ?? "moto_server";
const Bucket = "files";

describe("canal-ftp restore, with moto", function () {
  if (!isInstalled(motoServer)) {
    it.skip("brings files back (moto_server is neither on PATH nor in MOTO_SERVER)");
    return;
  }
  this.timeout(120_000);
  let server: ChildProcess;
  let aws: AwsApi;
  let endpoint: string;
  before(async () => {
    const [port] = await freeRange(1);
    server = spawn(motoServer, ["-p", String(port)], { stdio: "ignore" });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    endpoint = `http://127.0.0.1:${port}`;
    const target = { region: "us-east-1", endpoint, credentials };
    aws = sdkApi(target, new AbortController().signal);
    await until("moto answers", async () => {
      const made = aws.call("S3", "CreateBucket", { Bucket }).then(
        () => true,
        () => false,
      );
      return made;
    });
    const VersioningConfiguration = { Status: "Enabled" };
    await aws.call("S3", "PutBucketVersioning", { Bucket, VersioningConfiguration });
  });
  after(() => server?.kill());

  const put = (key: string, Body: string) =>
    aws.call("S3", "PutObject", { Bucket, Key: `users/camera01/${key}`, Body });
  const text = async (key: string) => {
    const { Body } = await aws.call<{ Body: { transformToString(): Promise<string> } }>(
      ...(["S3", "GetObject", { Bucket, Key: `users/camera01/${key}` }] as const),
    );
    return Body.transformToString();
  };
  const restore = (...args: string[]) =>
    runCli(["restore", "files", "--stack", "dev", "--user", "camera01", "--json", ...args], {
      aws: () => aws,
      runProgram: () =>
        Promise.resolve({ code: 0, stdout: JSON.stringify({ bucket: Bucket }), stderr: "" }),
    });

  it("brings overwritten and deleted files back, with names that need encoding", async () => {
    const names = ["a.jpg", "with blank + plus.jpg", "日本 #1.jpg"];
    for (const name of names) await put(name, `first ${name}`);
    const at = new Date().toISOString();
    await until("the next second", () => new Date().toISOString().slice(0, 19) > at.slice(0, 19));
    await put(names[0], "later");
    for (const name of names.slice(1)) {
      await aws.call("S3", "DeleteObject", { Bucket, Key: `users/camera01/${name}` });
    }
    const { code, document } = await restore("--at", at, "--yes");
    assert.deepEqual([code, document<{ restored: number }>().restored], [0, 3]);
    for (const name of names) assert.equal(await text(name), `first ${name}`);
    const again = (await restore("--at", at)).document<{ steps: []; unchanged: number }>();
    assert.deepEqual([again.steps, again.unchanged], [[], 3]);
  });

  it("brings users back from the table that the plan has recovered", async () => {
    const TableName = "users";
    await aws.call("DynamoDB", "CreateTable", {
      ...{ TableName, BillingMode: "PAY_PER_REQUEST" },
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    });
    const table = ["--stack", "prod", "--table", TableName];
    const options = {
      env: { AWS_ENDPOINT_URL_DYNAMODB: endpoint },
      aws: () => aws,
    };
    const users = (...args: string[]) => runCli(["users", ...args, ...table], options);
    const restoreUsers = (...args: string[]) =>
      runCli(["restore", "users", ...table, "--json", ...args], options);
    for (const name of ["cam-1", "cam-2", "cam-3"]) {
      assert.equal((await users("add", name, "--map", "/config=shared/config")).code, 0);
    }
    const scan = async () => {
      const { Items } = await aws.call<{ Items: { pk: { S: string } }[] }>(
        ...(["DynamoDB", "Scan", { TableName }] as const),
      );
      return Items.sort((a, b) => (a.pk.S < b.pk.S ? -1 : 1));
    };
    const original = await scan();
    const at = new Date().toISOString();
    const off = await restoreUsers("--at", at);
    assert.match(off.stdout, /has no point-in-time recovery/);
    await aws.call("DynamoDB", "UpdateContinuousBackups", {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    const { ContinuousBackupsDescription } = await aws.call<{
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: { LatestRestorableDateTime: Date };
      };
    }>("DynamoDB", "DescribeContinuousBackups", { TableName });
    const { LatestRestorableDateTime } =
      ContinuousBackupsDescription.PointInTimeRecoveryDescription;
    const then = LatestRestorableDateTime.toISOString();
    const plan = await restoreUsers("--at", then);
    assert.deepEqual([plan.code, plan.document<{ unchanged: number }>().unchanged], [0, 3]);

    assert.equal((await users("remove", "cam-1")).code, 0);
    assert.equal((await users("set", "cam-2", "--access", "read-only")).code, 0);
    const { code, document } = await restoreUsers("--at", then, "--yes");
    assert.deepEqual([code, document<{ restored: number }>().restored], [0, 2]);
    assert.deepEqual(await scan(), original);
    const { TableNames } = await aws.call<{ TableNames: string[] }>("DynamoDB", "ListTables");
    assert.deepEqual(TableNames, [TableName]);
  });
});
