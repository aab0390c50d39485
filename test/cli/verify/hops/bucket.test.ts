import assert from "node:assert/strict";

import { checkBucket } from "../../../../cli/verify/hops/bucket";
import type { BucketView } from "../../../../cli/verify/site-aws";
import { problemsOf } from "../../status/support";

describe("checkBucket", () => {
  const policy = (effect: string, secureTransport: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: effect,
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::files", "arn:aws:s3:::files/*"],
          Condition: { Bool: { "aws:SecureTransport": secureTransport } },
        },
      ],
    });
  const view: BucketView = {
    region: "ap-northeast-1",
    publicAccess: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    versioning: "Enabled",
    ownership: "BucketOwnerEnforced",
    algorithm: "AES256",
    policy: policy("Deny", "false"),
  };
  const check = (change: Partial<BucketView> = {}, kmsKeyArn?: string) =>
    problemsOf(
      checkBucket(
        "files",
        { ...view, ...change },
        { region: "ap-northeast-1", kmsKeyArn },
        "Restore.",
      ),
    );

  it("accepts the program's settings", () => {
    assert.deepEqual(check(), []);
    assert.deepEqual(check({ algorithm: "aws:kms", keyArn: "arn:key" }, "arn:key"), []);
  });

  const { publicAccess } = view;
  const open = { ...publicAccess, BlockPublicAcls: false, RestrictPublicBuckets: false };
  const cases: [change: Partial<BucketView>, problem: string][] = [
    [{ region: "us-east-1" }, "files: us-east-1, not ap-northeast-1"],
    [
      { publicAccess: undefined },
      "public access: not blocked: BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets, not blocked",
    ],
    [
      { publicAccess: open },
      "public access: not blocked: BlockPublicAcls, RestrictPublicBuckets, not blocked",
    ],
    [{ versioning: undefined }, "versioning: off, not Enabled"],
    [{ versioning: "Suspended" }, "versioning: Suspended, not Enabled"],
    [{ ownership: undefined }, "ownership: not set, not BucketOwnerEnforced"],
    [{ algorithm: "aws:kms" }, "encryption: aws:kms, not AES256"],
    [{ policy: undefined }, "without TLS: allowed, not denied"],
    [{ policy: policy("Deny", "true") }, "without TLS: allowed, not denied"],
  ];
  for (const [change, problem] of cases) {
    it(`reports ${problem}`, () => assert.deepEqual(check(change), [`drift: ${problem}`]));
  }

  it("reports another KMS key than the configured one", () => {
    assert.deepEqual(check({ algorithm: "aws:kms", keyArn: "arn:other" }, "arn:key"), [
      "drift: encryption: aws:kms arn:other, not aws:kms arn:key",
    ]);
  });
});
