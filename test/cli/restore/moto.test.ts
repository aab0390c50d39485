/** Against moto's server, an S3 implementation of its own (`pip install 'moto[s3,server]'`). */
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

describe("canal-ftp restore files, in a real S3", function () {
  if (!isInstalled(motoServer)) {
    it.skip("brings files back (moto_server is neither on PATH nor in MOTO_SERVER)");
    return;
  }
  this.timeout(120_000);
  let server: ChildProcess;
  let aws: AwsApi;
  before(async () => {
    const [port] = await freeRange(1);
    server = spawn(motoServer, ["-p", String(port)], { stdio: "ignore" });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const target = { region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, credentials };
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
});
