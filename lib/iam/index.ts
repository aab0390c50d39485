/**
 * AWS IAM policy evaluation: whether a service may assume a role, and whether a request is allowed. Pure: policies and
 * a request in, a decision with its reasons out. Anything unknown is denied and reported.
 *
 * - `authorize`: decides a request from identity, session and resource policies.
 * - `canAssume`: decides whether a service may assume a role; `confusedDeputyWarnings` checks its trust policy.
 * - `accessChecks`: the S3 and KMS requests behind a file operation of Transfer Family.
 * - `permissionToStatement`: the policy statement that a Lambda permission adds to a function.
 */
export { authorize, type AuthorizationRequest } from "./authorize";
export type { Decision } from "./decision";
export { permissionToStatement, type LambdaPermission } from "./lambda-permission";
export type { NamedPolicy } from "./policy";
export {
  accessChecks,
  type AccessCheck,
  type BucketKey,
  type FileOperation,
} from "./s3-operations";
export { canAssume, confusedDeputyWarnings } from "./trust";
