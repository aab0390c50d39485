import { EvaluatedStack } from "../../lib/stack/resource";
import { accessChecks, AccessCheck, authorize } from "../../lib/iam";
import type { ObjectRequest } from "../store/gate";
import { bucketOf, keyPolicy } from "./access";
import type { RoleResource } from "./roles";

/** Why a function's role may not do this with an object, by its policies, the bucket's and the key's; undefined when it may. */
export function refusalOf(
  stack: EvaluatedStack,
  role: RoleResource,
  request: ObjectRequest,
): string | undefined {
  const { bucketArn, encryption, policies } = bucketOf(stack, request.bucket);
  for (const { action, on, resource, context } of checksOf(request, bucketArn, encryption)) {
    const decision = authorize({
      action,
      resource,
      context,
      principal: { type: "role", roleArn: role.arn, sessionName: "function" },
      identityPolicies: role.policies,
      resourcePolicies: on === "key" ? [keyPolicy(resource)] : policies,
    });
    if (!decision.allowed) return decision.reason;
  }
  return undefined;
}

function checksOf(
  { action, key }: ObjectRequest,
  bucketArn: string,
  encryption: ReturnType<typeof bucketOf>["encryption"],
): AccessCheck[] {
  const target = { bucketArn, key, encryption };
  // A request of S3 that reads or writes needs the key as well, as it does for Transfer.
  if (action === "s3:GetObject") return accessChecks({ ...target, operation: "read" });
  if (action === "s3:PutObject") return accessChecks({ ...target, operation: "write" });
  const context = { "aws:SecureTransport": "true" };
  return action === "s3:ListBucket"
    ? [{ action, on: "bucket", resource: bucketArn, context }]
    : [{ action, on: "object", resource: `${bucketArn}/${key}`, context }];
}
