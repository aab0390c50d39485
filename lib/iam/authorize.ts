/**
 * Whether a request is allowed, for principals and resources of one account. Sources: IAM User Guide, "How AWS
 * enforcement code logic evaluates requests to allow or deny access" (the same-account rules for role sessions) and
 * "AWS JSON policy elements: Principal"; AWS KMS Developer Guide, "Key policies in AWS KMS".
 *
 * Organization policies and permissions boundaries are not evaluated: the program makes none.
 */
import type { Decision } from "./decision";
import { evaluatePolicies, nothingAllows, type PolicyEvaluation } from "./policy-evaluation";
import type { NamedPolicy } from "./policy";
import { accountOf, principalContext, type RequestPrincipal } from "./principal";
import { contextLookup, type RequestContext } from "./request-context";
import type { PolicyRequest } from "./statement-match";

export interface AuthorizationRequest {
  /** For example s3:PutObject or execute-api:Invoke. */
  readonly action: string;
  /** The ARN the action is on, or `*` for an action that has none. */
  readonly resource: string;
  /** Condition keys of the request; those that follow from the principal are added. */
  readonly context: RequestContext;
  readonly principal: RequestPrincipal;
  /** The role's own policies. A service principal has none. */
  readonly identityPolicies: readonly NamedPolicy[];
  /** The policy passed when the role was assumed. */
  readonly sessionPolicy?: NamedPolicy;
  /** The policies on the resource: of the bucket, the function, the key. */
  readonly resourcePolicies: readonly NamedPolicy[];
}

/**
 * Decides a request. An explicit Deny in any policy wins. Otherwise one of these allows it:
 * - an Allow in a resource policy for the session itself, for everyone, or for the calling service;
 * - an Allow in a resource policy for the role, when the session policy (if any) allows too;
 * - an Allow in an identity policy, when the session policy (if any) allows too. For a KMS key this counts only when
 *   the key policy hands the decision to the account.
 * An Allow for the account in any other resource policy gives nothing by itself: it delegates to identity policies.
 */
export function authorize(request: AuthorizationRequest): Decision {
  const { action, resource, principal } = request;
  const seen: PolicyRequest = {
    action,
    resource,
    principal,
    context: contextLookup(principalContext(principal), request.context),
  };
  const identity = evaluatePolicies(request.identityPolicies, "identity", seen);
  const sessionPolicies = request.sessionPolicy ? [request.sessionPolicy] : [];
  const session = evaluatePolicies(sessionPolicies, "session", seen);
  const onResource = evaluatePolicies(request.resourcePolicies, "resource", seen);

  const all = [identity, session, onResource];
  const chain = {
    steps: all.flatMap(({ steps }) => steps),
    problems: all.flatMap(({ problems }) => problems),
  };
  const denial = all.find((one) => one.denial !== undefined)?.denial;
  const reason =
    otherAccount(request) ?? denial ?? missingAllow(seen, identity, session, onResource);
  return reason === undefined ? { allowed: true, ...chain } : { allowed: false, reason, ...chain };
}

/** Across accounts both sides must allow, by other rules than these; nothing in the program does that. */
function otherAccount({ action, resource, principal }: AuthorizationRequest): string | undefined {
  const owner = accountOf(resource);
  if (principal.type !== "role" || !/^\d{12}$/.test(owner)) return undefined;
  if (owner === accountOf(principal.roleArn)) return undefined;
  return `${action} on ${resource} crosses accounts: ${principal.roleArn} is of another one`;
}

function missingAllow(
  request: PolicyRequest,
  identity: PolicyEvaluation,
  session: PolicyEvaluation,
  onResource: PolicyEvaluation,
): string | undefined {
  const { action, resource, principal } = request;
  if (onResource.allows.includes("session")) return undefined;
  const attached = onResource.sources.length > 0;
  if (principal.type === "service")
    return attached
      ? nothingAllows([onResource], request, principal.service)
      : `no policy is attached to ${resource}, so ${principal.service} may not ${action}`;

  if (!onResource.allows.includes("role")) {
    if (identity.allows.length === 0)
      return identity.sources.length > 0 || attached
        ? nothingAllows([identity, onResource], request)
        : `${principal.roleArn} has no policy, so nothing allows ${action} on ${resource}`;
    // A key is not open to IAM policies unless its own policy says so.
    const isKey = action.toLowerCase().startsWith("kms:");
    if (isKey && !onResource.allows.includes("account"))
      return attached
        ? nothingAllows([onResource], request, `${principal.roleArn} or its account`)
        : `no key policy is attached to ${resource}, so IAM policies cannot allow ${action}`;
  }
  return session.sources.length > 0 && session.allows.length === 0
    ? `the session policy does not allow it: ${nothingAllows([session], request)}`
    : undefined;
}
