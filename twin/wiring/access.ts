import { EvaluatedStack, label, ofType } from "../../lib/stack/resource";
import {
  accessChecks,
  authorize,
  BucketKey,
  canAssume,
  FileOperation,
  NamedPolicy,
} from "../../lib/iam";
import { FileRefusal } from "../ftp/service";
import { explanation, type Explain } from "./explain";
import type { ServerResource } from "./find-server";
import type { IdentityAnswer } from "../../lib/home-mappings";
import { findRole } from "./roles";

/** Permissions of one session: what its role, session policy and bucket policy let it do. */
export interface Access {
  /** Throws FileRefusal "denied" with the reason. */
  require(operation: FileOperationOn): void;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A file operation; bucket ARN and encryption are looked up. */
export type FileOperationOn = DistributiveOmit<FileOperation, "bucketArn" | "encryption"> & {
  readonly bucket: string;
};

/**
 * The permissions a login is granted. Transfer assumes the role for the user (`user/<server>/<name>`): when the
 * role's trust does not let it, the login succeeds and every file operation is refused.
 */
export function sessionAccess(
  stack: EvaluatedStack,
  server: ServerResource,
  user: string,
  answer: IdentityAnswer,
  explain?: Explain,
): Access {
  const role = findRole(stack, answer.role);
  const [, partition, , region, accountId] = server.arn.split(":");
  const userArn = `arn:${partition}:transfer:${region}:${accountId}:user/${server.serverId}/${user}`;
  const trust =
    role &&
    canAssume({
      trustPolicy: role.trust,
      service: "transfer.amazonaws.com",
      context: { "aws:SourceAccount": accountId, "aws:SourceArn": userArn },
    });
  const sessionPolicy = answer.policy && {
    source: "the login's session policy",
    document: withVariables(answer, user),
  };

  return {
    require(operation) {
      if (!role) deny(`the role ${answer.role} is none the stack makes`);
      if (!trust?.allowed) deny(`Transfer cannot assume ${label(role.resource)}: ${trust?.reason}`);
      const { bucketArn, encryption, policies } = bucketOf(stack, operation.bucket);
      const checks = accessChecks({ ...operation, bucketArn, encryption } as FileOperation);
      for (const { action, on, resource, context } of checks) {
        const decision = authorize({
          action,
          resource,
          context,
          principal: { type: "role", roleArn: role.arn, sessionName: user },
          identityPolicies: role.policies,
          sessionPolicy: sessionPolicy || undefined,
          resourcePolicies: on === "key" ? [keyPolicy(resource)] : policies,
        });
        if (!decision.allowed) {
          explain?.(explanation(`${action} on ${resource}`, decision));
          deny(decision.reason);
        }
      }
    },
  };
}

function deny(reason: string): never {
  throw new FileRefusal("denied", reason);
}

/** What the stack says of the bucket. Throws FileRefusal "denied" for one that the stack does not make. */
export function bucketOf({ resources }: EvaluatedStack, name: string) {
  const bucket = ofType(resources, "aws:s3/bucket:Bucket").find(({ id }) => id === name);
  if (!bucket) deny(`the bucket ${name} is none the stack makes`);
  const policies: NamedPolicy[] = ofType(resources, "aws:s3/bucketPolicy:BucketPolicy")
    .filter(({ outputs }) => outputs.bucket === name)
    .map((policy) => ({ source: label(policy), document: String(policy.outputs.policy) }));
  return {
    bucketArn: String(bucket.outputs.arn),
    encryption: encryptionOf(resources, name),
    policies,
  };
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

/** The key is not the stack's own; the policy KMS gives to a new key leaves the decision to IAM. */
export function keyPolicy(keyArn: string): NamedPolicy {
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

/**
 * The session policy with Transfer's own variables filled in (user guide, "users-policies-session"). Those of the
 * home directory have no value for a LOGICAL home: left as they are, they match nothing.
 */
function withVariables(
  { policy = "", homeDirectoryType, homeDirectory }: IdentityAnswer,
  user: string,
) {
  const named = policy.replaceAll("${transfer:UserName}", user);
  if (homeDirectoryType === "LOGICAL" || homeDirectory === undefined) return named;
  const [, bucket, ...folders] = homeDirectory.split("/");
  return named
    .replaceAll("${transfer:HomeDirectory}", homeDirectory.slice(1))
    .replaceAll("${transfer:HomeBucket}", bucket)
    .replaceAll("${transfer:HomeFolder}", folders.join("/"));
}
