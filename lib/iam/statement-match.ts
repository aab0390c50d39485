/** Whether one statement applies to one request. */
import { evaluateConditions } from "./conditions";
import { matchAction, matchResource } from "./matching";
import type { Policy, Selection, Statement } from "./policy";
import { matchPrincipal, nameOf, type GrantScope, type RequestPrincipal } from "./principal";
import type { ContextLookup } from "./request-context";

/** One request, in the form every policy is evaluated for. */
export interface PolicyRequest {
  /** For example s3:PutObject. */
  readonly action: string;
  /** The ARN, or `*` for actions without one. */
  readonly resource: string;
  readonly principal: RequestPrincipal;
  readonly context: ContextLookup;
}

export interface StatementMatch {
  readonly applies: boolean;
  /** How many of action, resource, principal and conditions match before the first that does not: 0 to 4. */
  readonly matched: number;
  readonly why: string;
  readonly problems: readonly string[];
  /** The scope in which the Principal element names the caller; absent without such an element. */
  readonly scope?: GrantScope;
}

/**
 * An Allow applies when everything matches. A Deny also applies when its conditions cannot be evaluated, so that an
 * unknown condition never widens access.
 */
export function matchStatement(
  policy: Policy,
  statement: Statement,
  request: PolicyRequest,
): StatementMatch {
  const miss = (matched: number, why: string): StatementMatch => ({
    applies: false,
    matched,
    why,
    problems: [],
  });
  if (!selectsAction(statement.actions, request.action))
    return miss(0, `it does not cover ${request.action}`);

  const variables = policy.hasVariables ? request.context : undefined;
  const { resources, principals, effect } = statement;
  const resource = resources && selectsResource(resources, request.resource, variables, effect);
  if (resource && !resource.selected)
    return miss(1, `it covers ${describe(resources, resource.missing)}, not ${request.resource}`);

  const scope = principals && matchPrincipal(principals, request.principal);
  if (principals && !scope) return miss(2, `its principal is not ${nameOf(request.principal)}`);

  const conditions = evaluateConditions(statement.conditions, request.context, policy.hasVariables);
  const applies = effect === "Deny" ? conditions.met !== false : conditions.met === true;
  return {
    applies,
    matched: applies ? 4 : 3,
    why: conditions.why || "every element matches the request",
    problems: conditions.problems,
    ...(scope ? { scope } : {}),
  };
}

function selectsAction({ not, patterns }: Selection, action: string): boolean {
  return patterns.some((pattern) => matchAction(pattern, action)) !== not;
}

/**
 * A pattern whose variable has no value matches nothing. In NotResource that would let an Allow cover everything, so
 * such a statement does not apply (IAM User Guide, "Variables and tags": the entire statement may be invalid).
 */
function selectsResource(
  { not, patterns }: Selection,
  resource: string,
  variables: ContextLookup | undefined,
  effect: Statement["effect"],
): { readonly selected: boolean; readonly missing?: string } {
  const matches = patterns.map((pattern) => matchResource(pattern, resource, variables));
  const missing = matches.find((match) => match.missing !== undefined)?.missing;
  if (not && effect === "Allow" && missing !== undefined) return { selected: false, missing };
  return { selected: matches.some((match) => match.matches) !== not, missing };
}

function describe({ not, patterns }: Selection, missing: string | undefined): string {
  const list = `${not ? "everything except " : ""}${patterns.join(", ")}`;
  return missing === undefined ? list : `${list} (${missing} has no value in this request)`;
}
