import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import * as aws from "@pulumi/aws";

import { UploadFunction, UploadFunctionArgs } from "../../components/upload-function";
import { readSettings } from "../../lambdas/upload-events/settings";
import { bundleFunction } from "../../lambdas/bundle";
import { root } from "../support/stack-values";
import { make, policyOf } from "../support/evaluate-component";
import { shared } from "../support/shared";

const tags = { project: "p", stack: "s", environment: "e" };
const makeFunction = shared((changes: Partial<UploadFunctionArgs> = {}) =>
  make("worker", () => {
    const queue = new aws.sqs.Queue("queue");
    const logBucket = new aws.s3.Bucket("log");
    return new UploadFunction("worker", {
      queue,
      bucket: "files",
      bucketArn: "arn:aws:s3:::files",
      logBucket,
      timeoutSeconds: 60,
      tags,
      ...changes,
    });
  }),
);

describe("components/UploadFunction", () => {
  it("processes ten messages at a time, reports which to deliver again, and leaves concurrency for logins", async () => {
    const { child, resources } = await makeFunction();
    const queue = resources.find(({ name }) => name === "queue")!;
    const { tags: own, ...mapping } = child("events").inputs;
    assert.deepEqual(own, tags);
    assert.deepEqual(mapping, {
      eventSourceArn: queue.outputs.arn,
      functionName: child("function").outputs.arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 5 },
    });
  });

  it("passes the function its files and log, in the variables it reads", async () => {
    const { child, resources } = await makeFunction();
    const { environment, timeout, runtime, handler } = child("function").inputs;
    const { variables } = environment as { variables: Record<string, string> };
    const lambda = { AWS_REGION: "r", AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s" };
    const { bucket, logBucket } = readSettings({ ...variables, ...lambda });
    const log = resources.find(({ name }) => name === "log")!;
    assert.deepEqual([bucket, logBucket], ["files", log.id]);
    assert.deepEqual([timeout, runtime, handler], [60, "nodejs24.x", "index.handler"]);
  });

  it("is lent to Lambda alone, and may use its own queue, buckets and log", async () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const { child, resources } = await makeFunction({ kmsKeyArn });
    const [trust] = policyOf(child("role"), "assumeRolePolicy").Statement;
    assert.deepEqual(trust.Action, "sts:AssumeRole");
    const arn = (name: string) =>
      String(resources.find((resource) => resource.name === name)!.outputs.arn);
    const used = policyOf(child("access")).Statement.flatMap(({ Resource }) => Resource ?? []);
    assert.deepEqual(
      [...new Set(used)].sort(),
      [
        kmsKeyArn,
        `${arn("worker-logs")}:*`,
        "arn:aws:s3:::files",
        "arn:aws:s3:::files/*",
        arn("log"),
        `${arn("log")}/*`,
        arn("queue"),
      ].sort(),
    );
    assert.equal(child("access").inputs.role, child("role").id);
  });

  it("logs into a group that forgets, and tags everything", async () => {
    const { child } = await makeFunction({ logRetentionDays: 7 });
    assert.equal(child("logs").inputs.retentionInDays, 7);
    assert.equal((await makeFunction()).child("logs").inputs.retentionInDays, 90);
    const { logGroup } = child("function").inputs.loggingConfig as { logGroup: string };
    assert.equal(logGroup, child("logs").outputs.name);
    for (const suffix of ["logs", "role", "function"]) {
      assert.deepEqual(child(suffix).inputs.tags, tags, suffix);
    }
  });

  describe("your own code", () => {
    let folder: string;
    before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "your-code-"))));
    after(() => fs.rmSync(folder, { recursive: true }));
    const moduleWith = (text: string) => {
      const file = path.join(folder, `on-upload-${text.length}.ts`);
      fs.writeFileSync(file, text);
      return file;
    };
    const codeOf = async (onUpload: UploadFunctionArgs["onUpload"]) => {
      const { child } = await makeFunction({ onUpload });
      const archive = child("function").inputs.code as { assets: Promise<object> };
      const assets = (await archive.assets) as Record<string, Promise<{ text: Promise<string> }>>;
      return (await assets["index.js"]).text;
    };

    it("is a module of another program, in place of the project's own", async () => {
      const module = moduleWith(
        'export const onUpload = async (file: { key: string }) => console.log("mine", file.key);',
      );
      assert.match(await codeOf({ module }), /"mine"/);
      assert.doesNotMatch(await codeOf(undefined), /"mine"/);
    });

    it("that is no file, or exports nothing of that name, stops the evaluation", async () => {
      for (const module of ["on-upload.ts", path.join(folder, "missing.ts")]) {
        await assert.rejects(
          makeFunction({ onUpload: { module } }),
          /onUpload\.module: ".*\.ts" given; allowed: the absolute path of a module/,
        );
      }
      const module = moduleWith("export const upload = 1;");
      const entry = path.join(root, "lambdas", "upload-events", "handler.ts");
      await assert.rejects(bundleFunction(entry, { "your-function": module }), /onUpload/);
    });

    it("is a Lambda function, which the function may then invoke", async () => {
      const functionArn = "arn:aws:lambda:ap-northeast-1:123456789012:function:mine";
      const { child } = await makeFunction({ onUpload: { functionArn } });
      const { variables } = child("function").inputs.environment as {
        variables: Record<string, string>;
      };
      assert.equal(variables.USER_FUNCTION_ARN, functionArn);
      const invoke = policyOf(child("access")).Statement.find(
        ({ Action }) => Action === "lambda:InvokeFunction",
      );
      assert.equal(invoke?.Resource, functionArn);
      const none = policyOf((await makeFunction()).child("access")).Statement;
      assert.ok(none.every(({ Action }) => Action !== "lambda:InvokeFunction"));
    });
  });
});
