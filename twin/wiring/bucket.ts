import {
  type AccessCheck,
  authorize,
  type BucketKey,
  type Decision,
  NamedPolicy,
} from "../../lib/iam";
import { EvaluatedStack, label, ofType } from "../../lib/stack/resource";
import type { RoleResource } from "./roles";

/** A bucket of the stack with everything that authorizes a request on it. */
export interface BucketResource {
  readonly bucketArn: string;
  /** The customer-managed key of its default encryption. */
  readonly encryption?: BucketKey;
  readonly policies: readonly NamedPolicy[];
}

/** The stack's bucket with this name; undefined when the stack makes no such bucket. */
export function findBucket(
  { resources }: EvaluatedStack,
  name: string,
): BucketResource | undefined {
  const bucket = ofType(resources, "aws:s3/bucket:Bucket").find(({ id }) => id === name);
  if (!bucket) return undefined;
  return {
    bucketArn: String(bucket.outputs.arn),
    encryption: encryptionOf(resources, name),
    policies: ofType(resources, "aws:s3/bucketPolicy:BucketPolicy")
      .filter(({ outputs }) => outputs.bucket === name)
      .map((policy) => ({ source: label(policy), document: String(policy.outputs.policy) })),
  };
}

/** A session of a role of the stack. */
export interface BucketCaller {
  readonly role: RoleResource;
  readonly sessionName: string;
  readonly sessionPolicy?: NamedPolicy;
}

/** A request that is denied. */
export interface DeniedCheck {
  readonly check: AccessCheck;
  readonly decision: Extract<Decision, { allowed: false }>;
}

/** Authorizes requests on a bucket in order. Returns the first that is denied; undefined when all are allowed. */
export function firstDenied(
  checks: readonly AccessCheck[],
  { policies }: BucketResource,
  { role, sessionName, sessionPolicy }: BucketCaller,
): DeniedCheck | undefined {
  for (const check of checks) {
    const { action, on, resource, context } = check;
    const decision = authorize({
      action,
      resource,
      context,
      principal: { type: "role", roleArn: role.arn, sessionName },
      identityPolicies: role.policies,
      sessionPolicy,
      resourcePolicies: on === "key" ? [defaultKeyPolicy(resource)] : policies,
    });
    if (!decision.allowed) return { check, decision };
  }
  return undefined;
}

interface EncryptionRule {
  readonly bucketKeyEnabled?: boolean;
  readonly applyServerSideEncryptionByDefault?: { kmsMasterKeyId?: string };
}

function encryptionOf(resources: EvaluatedStack["resources"], name: string): BucketKey | undefined {
  const type =
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const settings = ofType(resources, type).find(({ outputs }) => outputs.bucket === name);
  const [rule] = (settings?.outputs.rules ?? []) as EncryptionRule[];
  const keyArn = rule?.applyServerSideEncryptionByDefault?.kmsMasterKeyId;
  return keyArn ? { keyArn, bucketKeyEnabled: rule.bucketKeyEnabled ?? false } : undefined;
}

/** The stack does not make the key. The default key policy of KMS delegates to IAM policies. */
function defaultKeyPolicy(keyArn: string): NamedPolicy {
  const [, partition, , , accountId] = keyArn.split(":");
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return {
    source: `key ${keyArn}`,
    document: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  };
}
