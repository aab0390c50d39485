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
        "grants access to everyone",
        {
          type: "aws:s3/bucketPolicy:BucketPolicy",
          properties: {
            policy: JSON.stringify({
              Statement: [
                { Effect: "Deny", Principal: "*", Action: "s3:*" },
                { Effect: "Allow", Principal: "*", Action: "s3:GetObject" },
              ],
            }),
          },
        },
      ],
      [
        "is authenticated-read",
        { type: "aws:s3/bucket:Bucket", properties: { acl: "authenticated-read" } },
      ],
      [
        "is public-read",
        { type: "aws:s3/bucketAcl:BucketAcl", properties: { acl: "public-read" } },
      ],
    ],
    [
      { type: "aws:s3/bucket:Bucket", properties: { acl: "private" } },
      { type: "aws:s3/bucket:Bucket", properties: { acl: "not-public-nor-authenticated" } },
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

  const tls = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  for (const [what, fields, type] of [
    ["allows", { Effect: "Allow" }],
    ["is about one principal", { Principal: { AWS: "123456789012" } }],
    ["is about one action", { Action: "s3:PutObject" }],
    ["is about the objects only", { Resource: "arn:aws:s3:::b/*" }],
    ["is about another bucket", { Resource: ["arn:aws:s3:::c", "arn:aws:s3:::c/*"] }],
    ["has no condition", { Condition: undefined }],
    ["has another key", { Condition: { Bool: { "aws:ViaAWSService": "false" } } }],
    ["has another operator", { Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } }],
    ["has the opposite value", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    [
      "holds for some addresses only",
      { Condition: { ...tls.Condition, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
    ],
    ["is no bucket policy", {}, "aws:sqs/queuePolicy:QueuePolicy"],
  ] as [string, object, string?][]) {
    it(`bucket-complete: requests without TLS are accepted if the Deny ${what}`, () => {
      const policy = {
        type: type ?? "aws:s3/bucketPolicy:BucketPolicy",
        properties: { bucket: "b", policy: statement({ ...tls, ...fields }) },
      };
      const bucket = { type: "aws:s3/bucket:Bucket", properties: { bucket: "b" } };
      const resources = [bucket, ...complete.slice(0, 3), policy].map(checked);
      assert.deepEqual(
        bucketComplete.check(resources).map(({ message }) => message),
        ["accepts requests without TLS"],
      );
    });
  }
});
