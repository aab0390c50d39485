import type { IdentityAnswer } from "../../lib/home-mappings";
import { accessChecks, canAssume, type FileOperation } from "../../lib/iam";
import { EvaluatedStack, label } from "../../lib/stack/resource";
import { FileRefusal } from "../ftp/service";
import { findBucket, firstDenied } from "./bucket";
import { explainDecision, type ExplainListener } from "./explain";
import type { ServerResource } from "./find-server";
import { findRole } from "./roles";

/** Permissions of one session, by its role, session policy and bucket policy. */
export interface SessionAccess {
  /** @throws FileRefusal "denied" with the reason */
  require(operation: SessionOperation): void;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A file operation in a bucket given by name. */
export type SessionOperation = DistributiveOmit<FileOperation, "bucketArn" | "encryption"> & {
  readonly bucket: string;
};

/**
 * The permissions of a login. Transfer Family assumes the role for the user (`user/<server>/<name>`): when the role's
 * trust policy does not allow it, the login succeeds and every file operation is denied.
 */
export function sessionAccess(
  stack: EvaluatedStack,
  server: ServerResource,
  user: string,
  answer: IdentityAnswer,
  explain?: ExplainListener,
): SessionAccess {
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
  const sessionPolicy = answer.policy
    ? { source: "the login's session policy", document: withVariables(answer, user) }
    : undefined;

  return {
    require(operation) {
      if (!role) deny(`the stack does not make the role ${answer.role}`);
      if (!trust?.allowed) deny(`Transfer cannot assume ${label(role.resource)}: ${trust?.reason}`);
      const bucket = findBucket(stack, operation.bucket);
      if (!bucket) deny(`the stack does not make the bucket ${operation.bucket}`);
      const { bucketArn, encryption } = bucket;
      const checks = accessChecks({ ...operation, bucketArn, encryption } as FileOperation);
      const denied = firstDenied(checks, bucket, { role, sessionName: user, sessionPolicy });
      if (!denied) return;
      const { check, decision } = denied;
      explain?.(explainDecision(`${check.action} on ${check.resource}`, decision));
      deny(decision.reason);
    },
  };
}

function deny(reason: string): never {
  throw new FileRefusal("denied", reason);
}

/**
 * The session policy with Transfer Family's variables replaced (user guide, "users-policies-session"). Those of the
 * home directory have no value for a LOGICAL home: they stay in the policy and match nothing.
 */
function withVariables(
  { policy = "", homeDirectoryType, homeDirectory }: IdentityAnswer,
  user: string,
): string {
  const named = policy.replaceAll("${transfer:UserName}", user);
  if (homeDirectoryType === "LOGICAL" || homeDirectory === undefined) return named;
  const [, bucket, ...folders] = homeDirectory.split("/");
  return named
    .replaceAll("${transfer:HomeDirectory}", homeDirectory.slice(1))
    .replaceAll("${transfer:HomeBucket}", bucket)
    .replaceAll("${transfer:HomeFolder}", folders.join("/"));
}
