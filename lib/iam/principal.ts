/**
 * The principal of a request, and whether a Principal element matches it. Source: IAM User Guide, "AWS JSON policy
 * elements: Principal" and "… NotPrincipal".
 */
import type { PrincipalEntry, PrincipalSelection } from "./policy";
import type { RequestContext } from "./request-context";

/** A session of an assumed role: Transfer Family has one for each user, a Lambda function one for its code. */
export interface RoleSession {
  readonly type: "role";
  readonly roleArn: string;
  readonly sessionName: string;
}

/** An AWS service as caller, for example apigateway.amazonaws.com when it invokes a function. */
export interface ServicePrincipal {
  readonly type: "service";
  readonly service: string;
}

export type RequestPrincipal = RoleSession | ServicePrincipal;

/**
 * The scope in which a Principal element names a principal. It decides what an Allow in a resource policy grants:
 * - session: the session itself, or every principal. Neither role nor session policy needs to allow the request.
 * - role: the role of the session. A session policy still limits it.
 * - account: the account of the role. It delegates to the identity policies in that account.
 */
const scopes = ["session", "role", "account"] as const;
export type GrantScope = (typeof scopes)[number];

/** The account in an ARN; empty when it has none, as an S3 ARN does. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** The ARN of a role session; it contains the role's name without its path. */
export function sessionArn({ roleArn, sessionName }: RoleSession): string {
  const partition = roleArn.split(":")[1];
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `arn:${partition}:sts::${accountOf(roleArn)}:assumed-role/${roleName}/${sessionName}`;
}

/** The name of a principal in messages: the role's ARN or the service's name. */
export function nameOf(principal: RequestPrincipal): string {
  return principal.type === "role" ? principal.roleArn : principal.service;
}

/** The context keys of every request of this principal ("AWS global condition context keys"). */
export function principalContext(principal: RequestPrincipal): RequestContext {
  if (principal.type === "service")
    return {
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": principal.service,
    };
  return {
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": principal.roleArn,
    "aws:PrincipalAccount": accountOf(principal.roleArn),
    "aws:PrincipalType": "AssumedRole",
  };
}

/** The narrowest scope in which the element names the principal; undefined when it does not. */
export function matchPrincipal(
  { not, entries }: PrincipalSelection,
  principal: RequestPrincipal,
): GrantScope | undefined {
  const named = entries.map((entry) => scopeOf(entry, principal));
  const narrowest = scopes.find((scope) => named.includes(scope));
  if (!not) return narrowest;
  if (principal.type === "service") return narrowest ? undefined : "session";
  // NotPrincipal excludes a session only when its role and its account are listed too.
  const isEveryone = entries.some(({ value }) => value === "*");
  const isExcluded = isEveryone || scopes.every((scope) => named.includes(scope));
  return isExcluded ? undefined : "session";
}

function scopeOf(
  { type, value }: PrincipalEntry,
  principal: RequestPrincipal,
): GrantScope | undefined {
  if (type === "AWS" && value === "*") return "session";
  if (principal.type === "service")
    return type === "Service" && value === principal.service ? "session" : undefined;
  if (type !== "AWS") return undefined;
  if (value === sessionArn(principal)) return "session";
  if (value === principal.roleArn) return "role";
  const account = accountOf(principal.roleArn);
  const isAccount = value === account || (accountOf(value) === account && value.endsWith(":root"));
  return isAccount ? "account" : undefined;
}
