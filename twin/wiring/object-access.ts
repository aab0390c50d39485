import { type AccessCheck, accessChecks } from "../../lib/iam";
import type { EvaluatedStack } from "../../lib/stack/resource";
import type { ObjectRequest } from "../store/function-s3";
import { type BucketResource, findBucket, firstDenied } from "./bucket";
import type { RoleResource } from "./roles";

/** Why a function's role may not make this request, by its policies and the bucket's; undefined when it may. */
export function objectRefusal(
  stack: EvaluatedStack,
  role: RoleResource,
  request: ObjectRequest,
): string | undefined {
  const bucket = findBucket(stack, request.bucket);
  if (!bucket) return `the stack does not make the bucket ${request.bucket}`;
  const caller = { role, sessionName: "function" };
  return firstDenied(checksOf(request, bucket), bucket, caller)?.decision.reason;
}

function checksOf(
  { action, key }: ObjectRequest,
  { bucketArn, encryption }: BucketResource,
): AccessCheck[] {
  const target = { bucketArn, key, encryption };
  // Reading and writing an encrypted object needs its key, as it does for Transfer Family.
  if (action === "s3:GetObject" || action === "s3:GetObjectVersion") {
    const checks = accessChecks({ ...target, operation: "read" });
    return checks.map((check) => (check.on === "object" ? { ...check, action } : check));
  }
  if (action === "s3:PutObject") return accessChecks({ ...target, operation: "write" });
  const context = { "aws:SecureTransport": "true" };
  return action === "s3:ListBucket" || action === "s3:ListBucketVersions"
    ? [{ action, on: "bucket", resource: bucketArn, context }]
    : [{ action, on: "object", resource: `${bucketArn}/${key}`, context }];
}
