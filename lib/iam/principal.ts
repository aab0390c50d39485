/**
 * Who makes a request, and whether a Principal element means them. Source: IAM User Guide, "AWS JSON policy
 * elements: Principal" and "… NotPrincipal".
 */
import type { PrincipalEntry, PrincipalSelection } from "./policy";
import type { RequestContext } from "./request-context";

/** A session of an assumed role, as Transfer Family has one for each user and a function for its code. */
export interface RoleSession {
  readonly type: "role";
  readonly roleArn: string;
  readonly sessionName: string;
}

/** An AWS service that acts in its own name, for example apigateway.amazonaws.com when it invokes a function. */
export interface ServicePrincipal {
  readonly type: "service";
  readonly service: string;
}

export type RequestPrincipal = RoleSession | ServicePrincipal;

/**
 * How directly a Principal element means a principal. It decides what an Allow in a resource policy is worth:
 * - session: the session itself, or everyone. Neither role nor session policy needs to allow as well.
 * - role: the role of the session. A session policy still limits it.
 * - account: the account of the role. It hands the decision to the policies in that account.
 */
export type Nearness = "session" | "role" | "account";

/** The account in an ARN; empty when it has none, as an S3 ARN does. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** The ARN of a role session: the role's name without its path. */
export function sessionArn({ roleArn, sessionName }: RoleSession): string {
  const partition = roleArn.split(":")[1];
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `arn:${partition}:sts::${accountOf(roleArn)}:assumed-role/${roleName}/${sessionName}`;
}

/** For sentences: the ARN or the service's name. */
export function nameOf(principal: RequestPrincipal): string {
  return principal.type === "role" ? principal.roleArn : principal.service;
}

/** The context keys that every request of this principal carries ("AWS global condition context keys"). */
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

/** The nearest way in which the element means the principal, or undefined when it does not. */
export function matchPrincipal(
  { not, entries }: PrincipalSelection,
  principal: RequestPrincipal,
): Nearness | undefined {
  const nearness = entries.map((entry) => nearnessOf(entry, principal));
  const nearest = (["session", "role", "account"] as const).find((one) => nearness.includes(one));
  if (!not) return nearest;
  if (principal.type === "service") return nearest ? undefined : "session";
  // To be spared by NotPrincipal a session must be listed together with its role and its account.
  const everyone = entries.some(({ value }) => value === "*");
  const spared =
    everyone || (["session", "role", "account"] as const).every((one) => nearness.includes(one));
  return spared ? undefined : "session";
}

function nearnessOf(
  { type, value }: PrincipalEntry,
  principal: RequestPrincipal,
): Nearness | undefined {
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
