/**
 * AWS IAM as the twin needs it: whether a role may be assumed, and whether its session may do a thing. Pure: policies
 * and a request in, a decision and its reasons out. What is unknown here is denied and reported, never overlooked.
 */
export { authorize, type AuthorizationRequest } from "./authorize";
export type { Decision, Step } from "./decision";
export {
  permissionToStatement,
  type LambdaPermission,
  type StatementDocument,
} from "./lambda-permission";
export type { NamedPolicy, Policy, PolicyKind } from "./policy";
export { parsePolicy } from "./policy-document";
export { PolicyError } from "./policy-error";
export {
  sessionArn,
  type RequestPrincipal,
  type RoleSession,
  type ServicePrincipal,
} from "./principal";
export type { RequestContext } from "./request-context";
export {
  accessChecks,
  type AccessCheck,
  type BucketKey,
  type FileOperation,
} from "./s3-operations";
export { canAssume, warnings, type AssumeRoleRequest } from "./trust";
