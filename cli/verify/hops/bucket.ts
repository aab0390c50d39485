import { compare, type Finding } from "../../core/findings";
import { authorize } from "../../../lib/iam";
import type { Hop } from "../hop";
import type { BucketView } from "../site-aws";

/** The bucket blocks public access, keeps versions and is encrypted as configured. */
export const bucketHop: Hop = {
  name: "bucket",
  check: async ({ aws, outputs, stack, config }) => {
    const view = await aws.bucket(outputs.bucket);
    const restore = `Restore it: pulumi up -s ${stack} --refresh`;
    if (view) return checkBucket(outputs.bucket, view, config, restore);
    const remedy = `The bucket and its files no longer exist. ${restore}`;
    return [
      {
        check: outputs.bucket,
        state: "drift",
        found: "does not exist",
        expected: "exists",
        remedy,
      },
    ];
  },
};

const blocks = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];

/** Compares the bucket's settings with those of the program. */
export function checkBucket(
  name: string,
  view: BucketView,
  { region, kmsKeyArn }: { readonly region: string; readonly kmsKeyArn?: string },
  restore: string,
): Finding[] {
  const open = blocks.filter((block) => view.publicAccess?.[block] !== true);
  const plain = allowsPlainHttp(name, view.policy);
  return [
    compare(
      name,
      view.region,
      region,
      `The bucket is in another region than the stack. ${restore}`,
    ),
    compare(
      "public access",
      open.length === 0 ? "blocked" : `not blocked: ${open.join(", ")}`,
      "blocked",
      `The bucket's public access block was removed, so a policy or ACL can make its files public. ${restore}`,
    ),
    compare(
      "versioning",
      view.versioning ?? "off",
      "Enabled",
      `Overwritten and deleted files are lost, and devices reuse names. ${restore}`,
    ),
    compare(
      "ownership",
      view.ownership ?? "not set",
      "BucketOwnerEnforced",
      `ACLs are effective in the bucket. ${restore}`,
    ),
    compare(
      "encryption",
      kmsKeyArn ? `${view.algorithm} ${view.keyArn ?? ""}`.trim() : view.algorithm,
      kmsKeyArn ? `aws:kms ${kmsKeyArn}` : "AES256",
      `New files are not encrypted as configured. With a KMS key that the role may not use, every upload fails. ${restore}`,
    ),
    compare(
      "without TLS",
      plain ? "allowed" : "denied",
      "denied",
      `The bucket's policy no longer denies requests without TLS. ${restore}`,
    ),
  ];
}

/** Whether the bucket's policy permits plain HTTP to a role that IAM allows everything. */
function allowsPlainHttp(name: string, policy: string | undefined): boolean {
  const allowAll = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  };
  return authorize({
    action: "s3:GetObject",
    resource: `arn:aws:s3:::${name}/any`,
    context: { "aws:SecureTransport": "false" },
    principal: { type: "role", roleArn: "arn:aws:iam::123456789012:role/any", sessionName: "any" },
    identityPolicies: [{ source: "everything", document: JSON.stringify(allowAll) }],
    resourcePolicies: policy ? [{ source: "the bucket's policy", document: policy }] : [],
  }).allowed;
}
