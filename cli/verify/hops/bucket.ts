import { compare, type Finding } from "../../core/findings";
import { authorize } from "../../../lib/iam";
import type { Hop } from "../hop";
import type { BucketView } from "../site-aws";

/** The bucket is the stack's, shut to the public, keeps versions and is encrypted as configured. */
export const bucketHop: Hop = {
  name: "bucket",
  check: async ({ aws, outputs, stack, config }) => {
    const view = await aws.bucket(outputs.bucket);
    const again = `Put it back: pulumi up -s ${stack} --refresh`;
    if (view) return checkBucket(outputs.bucket, view, config, again);
    const remedy = `The bucket is gone, and its files with it. ${again}`;
    return [{ check: outputs.bucket, state: "drift", found: "not there", wanted: "there", remedy }];
  },
};

const BLOCKS = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];

/** The settings of a bucket against what the program gives it. */
export function checkBucket(
  name: string,
  view: BucketView,
  { region, kmsKeyArn }: { readonly region: string; readonly kmsKeyArn?: string },
  again: string,
): Finding[] {
  const open = BLOCKS.filter((block) => view.publicAccess?.[block] !== true);
  const plain = allowsPlainHttp(name, view.policy);
  return [
    compare(name, view.region, region, `The bucket is in another region than the stack. ${again}`),
    compare(
      "public access",
      open.length === 0 ? "blocked" : `not blocked: ${open.join(", ")}`,
      "blocked",
      `The bucket's block of public access was lifted, so that a policy or ACL could show its files to everybody. ${again}`,
    ),
    compare(
      "versioning",
      view.versioning ?? "off",
      "Enabled",
      `Overwritten and deleted files are lost at once, and devices reuse names. ${again}`,
    ),
    compare(
      "ownership",
      view.ownership ?? "not set",
      "BucketOwnerEnforced",
      `ACLs count in the bucket again. ${again}`,
    ),
    compare(
      "encryption",
      kmsKeyArn ? `${view.algorithm} ${view.keyArn ?? ""}`.trim() : view.algorithm,
      kmsKeyArn ? `aws:kms ${kmsKeyArn}` : "AES256",
      `New files are encrypted otherwise than configured; with a KMS key that the role may not use, every upload fails. ${again}`,
    ),
    compare(
      "without TLS",
      plain ? "answered" : "refused",
      "refused",
      `The bucket's policy no longer refuses requests without TLS. ${again}`,
    ),
  ];
}

/** Whether somebody whom IAM allows everything would be answered over plain HTTP. */
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
