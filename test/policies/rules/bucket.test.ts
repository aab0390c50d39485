import assert from "node:assert/strict";

import { bucketComplete, bucketSettings } from "../../../policies/rules/bucket";
import { checked, describeRule, statement, type Example } from "../support";

describe("policies/rules/bucket", () => {
  describeRule(
    bucketSettings,
    [
      [
        "does not set restrictPublicBuckets",
        {
          type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
          properties: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true },
        },
      ],
      [
        "does not keep versions, and devices reuse file names",
        {
          type: "aws:s3/bucketVersioning:BucketVersioning",
          properties: { versioningConfiguration: { status: "Suspended" } },
        },
      ],
      [
        "grants access to everyone",
        {
          type: "aws:s3/bucketPolicy:BucketPolicy",
          properties: { policy: statement({ Principal: { AWS: "*" }, Action: "s3:GetObject" }) },
        },
      ],
      [
        "is public-read",
        { type: "aws:s3/bucketAcl:BucketAcl", properties: { acl: "public-read" } },
      ],
    ],
    [
      { type: "aws:s3/bucket:Bucket", properties: { acl: "private" } },
      { type: "aws:s3/bucket:Bucket" },
    ],
  );

  const complete: Example[] = [
    { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", properties: { bucket: "b" } },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      properties: { bucket: "b" },
    },
    { type: "aws:s3/bucketVersioning:BucketVersioning", properties: { bucket: "b" } },
    {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      properties: {
        bucket: "b",
        policy: statement({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
    },
  ];

  it("bucket-complete: reports what a bucket by itself lacks, and nothing with all of it", () => {
    const bucket = checked({ type: "aws:s3/bucket:Bucket", properties: { bucket: "b" } });
    assert.deepEqual(
      bucketComplete.check([bucket]).map(({ resource, message }) => [resource, message]),
      [
        [bucket, "has no block of public access"],
        [bucket, "has no encryption setting"],
        [bucket, "has no versioning setting"],
        [bucket, "accepts requests without TLS"],
      ],
    );
    const rest = complete.map(checked);
    assert.deepEqual(bucketComplete.check([bucket, ...rest]), []);
    // The companions are the other bucket's: this one is as bare as before.
    const other = checked({ type: "aws:s3/bucket:Bucket", properties: { bucket: "c" } });
    assert.equal(bucketComplete.check([bucket, other, ...rest]).length, 4);
  });
});
