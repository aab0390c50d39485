/**
 * Whether a request is allowed, for principals and resources of one account. Sources: IAM User Guide, "How AWS
 * enforcement code logic evaluates requests to allow or deny access" (the same-account rules for role sessions) and
 * "AWS JSON policy elements: Principal"; AWS KMS Developer Guide, "Key policies in AWS KMS".
 *
 * Organization policies and permissions boundaries are not evaluated, since the program creates none.
 */
import type { Decision } from "./decision";
import { evaluatePolicies, nothingAllows, type PolicyEvaluation } from "./policy-evaluation";
import type { NamedPolicy } from "./policy";
import { accountOf, principalContext, type RequestPrincipal } from "./principal";
import { contextLookup, type RequestContext } from "./request-context";
import type { PolicyRequest } from "./statement-match";

export interface AuthorizationRequest {
  /** For example `s3:PutObject` or `execute-api:Invoke`. */
  readonly action: string;
  /** ARN of the resource, or `*` for an action without one. */
  readonly resource: string;
  /** Condition keys of the request; the keys of the principal are added. */
  readonly context?: RequestContext;
  readonly principal: RequestPrincipal;
  /** The role's own policies. A service principal has none. */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** The policy passed when the role was assumed. */
  readonly sessionPolicy?: NamedPolicy;
  /** The policies attached to the resource: a bucket, function or key policy. */
  readonly resourcePolicies?: readonly NamedPolicy[];
}

/**
 * Decides a request. An explicit Deny in any policy wins. Otherwise any one of these allows it:
 * - an Allow in a resource policy for the session itself, for every principal, or for the calling service;
 * - an Allow in a resource policy for the role, when the session policy (if any) allows too;
 * - an Allow in an identity policy, when the session policy (if any) allows too. For a KMS key this counts only when
 *   the key policy delegates to the account.
 * An Allow for the account in any other resource policy grants nothing by itself: it delegates to identity policies.
 */
export function authorize(request: AuthorizationRequest): Decision {
  const { action, resource, principal, identityPolicies = [], resourcePolicies = [] } = request;
  const policyRequest: PolicyRequest = {
    action,
    resource,
    principal,
    context: contextLookup(principalContext(principal), request.context ?? {}),
  };
  const identity = evaluatePolicies(identityPolicies, "identity", policyRequest);
  const sessionPolicies = request.sessionPolicy ? [request.sessionPolicy] : [];
  const session = evaluatePolicies(sessionPolicies, "session", policyRequest);
  const onResource = evaluatePolicies(resourcePolicies, "resource", policyRequest);

  const all = [identity, session, onResource];
  const chain = {
    steps: all.flatMap(({ steps }) => steps),
    problems: all.flatMap(({ problems }) => problems),
  };
  const denial = all.find((evaluation) => evaluation.denial !== undefined)?.denial;
  const reason =
    otherAccount(request) ?? denial ?? missingAllow(policyRequest, identity, session, onResource);
  return reason === undefined ? { allowed: true, ...chain } : { allowed: false, reason, ...chain };
}

/** Cross-account access has other rules, which are not implemented: nothing in the program needs them. */
function otherAccount({ action, resource, principal }: AuthorizationRequest): string | undefined {
  const owner = accountOf(resource);
  if (principal.type !== "role" || !/^\d{12}$/.test(owner)) return undefined;
  if (owner === accountOf(principal.roleArn)) return undefined;
  return `${action} on ${resource} crosses accounts: ${principal.roleArn} belongs to another account`;
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
    // IAM policies have no effect on a key unless the key policy delegates to the account.
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
