import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import {
  everything,
  privateBucket,
  PrivateBucketArgs,
} from "../../../components/internal/private-bucket";
import { make, policyOf } from "../../support/evaluate-component";
import { shared } from "../../support/shared";

/** As a component uses it: a bucket and its settings are children of that component. */
const makeBucket = shared((args: PrivateBucketArgs = {}) =>
  make("log", () => {
    const parent = new pulumi.ComponentResource("canal-ftp:index:Holder", "holder");
    return privateBucket("log", args, parent);
  }),
);

describe("components/internal/private-bucket", () => {
  it("is private, versioned and encrypted, and all of it is the component's", async () => {
    const { types, child, resources } = await makeBucket();
    assert.deepEqual(types, [
      "Bucket",
      "BucketLifecycleConfiguration",
      "BucketOwnershipControls",
      "BucketPolicy",
      "BucketPublicAccessBlock",
      "BucketServerSideEncryptionConfiguration",
      "BucketVersioning",
    ]);
    const { bucket, ...block } = child("private").inputs;
    assert.equal(bucket, child("bucket").id);
    assert.deepEqual(block, {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const others = resources.filter(({ name }) => name.startsWith("log-"));
    assert.ok(others.every(({ parent }) => parent === "canal-ftp:index:Holder::holder"));
    const settings = others.filter(({ name }) => name !== "log-bucket");
    assert.ok(settings.every(({ inputs }) => inputs.bucket === child("bucket").id));
  });

  it("denies every action without TLS, on the bucket and on what is in it", async () => {
    const { child } = await makeBucket();
    const [statement, ...more] = policyOf(child("tls-only")).Statement;
    assert.deepEqual(more, []);
    const arn = child("bucket").outputs.arn as string;
    assert.deepEqual([statement.Effect, statement.Action], ["Deny", "s3:*"]);
    assert.deepEqual(statement.Resource, [arn, `${arn}/*`]);
    assert.deepEqual(statement.Condition, { Bool: { "aws:SecureTransport": "false" } });
  });

  it("encrypts with the key it is given, by one data key for many objects", async () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const rules = async (args: PrivateBucketArgs) =>
      (await makeBucket(args)).child("encryption").inputs.rules;
    assert.deepEqual(await rules({}), [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    ]);
    assert.deepEqual(await rules({ kmsKeyArn }), [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it("always drops leftovers, after the rules it is given", async () => {
    const ids = async (args: PrivateBucketArgs) => {
      const { child } = await makeBucket(args);
      return (child("lifecycle").inputs.rules as { id: string }[]).map(({ id }) => id);
    };
    assert.deepEqual(await ids({}), ["leftovers"]);
    const mine = { id: "mine", status: "Enabled", filter: everything, expiration: { days: 3 } };
    assert.deepEqual(await ids({ lifecycleRules: [mine] }), ["mine", "leftovers"]);
  });

  it("removes parts of incomplete uploads, and delete markers that hide nothing", async () => {
    const [rule] = (await makeBucket()).child("lifecycle").inputs.rules as object[];
    assert.deepEqual(rule, {
      id: "leftovers",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      expiration: { expiredObjectDeleteMarker: true },
    });
  });

  it("when protected, denies its deletion and that of versions, and keeps its settings", async () => {
    const { child, resources } = await makeBucket({ protect: true });
    const [, deletion] = policyOf(child("tls-only")).Statement;
    const arn = child("bucket").outputs.arn as string;
    assert.deepEqual(
      [deletion.Effect, deletion.Action, deletion.Resource, deletion.Condition],
      ["Deny", ["s3:DeleteBucket", "s3:DeleteObjectVersion"], [arn, `${arn}/*`], undefined],
    );
    const settings = resources.filter(({ name }) => /^log-(?!bucket$)/.test(name));
    assert.ok(settings.every(({ options }) => options?.retainOnDelete === true));
    const { resources: others } = await makeBucket();
    assert.ok(others.every(({ options }) => options?.retainOnDelete === undefined));
  });

  it("is kept with its objects by default, and protected itself only", async () => {
    const { child } = await makeBucket();
    assert.equal(child("bucket").inputs.forceDestroy, false);
    assert.equal(child("bucket").inputs.bucket, undefined);
    const configured = await makeBucket({
      bucketName: "mine",
      forceDestroy: true,
      protect: true,
      tags: { stack: "s" },
    });
    const { bucket, forceDestroy, tags } = configured.child("bucket").inputs;
    assert.deepEqual([bucket, forceDestroy, tags], ["mine", true, { stack: "s" }]);
    const isProtected = configured.resources.filter(({ protect }) => protect);
    assert.deepEqual(
      isProtected.map(({ name }) => name),
      ["log-bucket"],
    );
  });
});
