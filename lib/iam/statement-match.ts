/** Whether one statement applies to one request. */
import { evaluateConditions } from "./conditions";
import { matchAction, matchResource } from "./matching";
import type { Policy, Selection, Statement } from "./policy";
import { matchPrincipal, nameOf, type Nearness, type RequestPrincipal } from "./principal";
import type { ContextLookup } from "./request-context";

/** One request, as every policy sees it. */
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
  /** How many of action, resource, principal and conditions fitted before one did not: 0 to 4. */
  readonly fitted: number;
  readonly why: string;
  readonly problems: readonly string[];
  /** In which way the Principal element means the caller; absent where there is no such element. */
  readonly nearness?: Nearness;
}

/**
 * An Allow applies when everything fits. A Deny applies as well when its conditions cannot be told, so that what is
 * unknown never widens access.
 */
export function matchStatement(
  policy: Policy,
  statement: Statement,
  request: PolicyRequest,
): StatementMatch {
  const miss = (fitted: number, why: string): StatementMatch => ({
    applies: false,
    fitted,
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

  const nearness = principals && matchPrincipal(principals, request.principal);
  if (principals && !nearness) return miss(2, `it does not mean ${nameOf(request.principal)}`);

  const conditions = evaluateConditions(statement.conditions, request.context, policy.hasVariables);
  const applies = effect === "Deny" ? conditions.met !== false : conditions.met === true;
  return {
    applies,
    fitted: applies ? 4 : 3,
    why: conditions.why || "everything in it fits the request",
    problems: conditions.problems,
    ...(nearness ? { nearness } : {}),
  };
}

function selectsAction({ not, patterns }: Selection, action: string): boolean {
  return patterns.some((pattern) => matchAction(pattern, action)) !== not;
}

/**
 * A pattern whose variable has no value matches nothing. Under NotResource that would hand an Allow everything, so
 * there the statement does not apply; "the entire statement" may be invalid, says the Variables page.
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
  const list = `${not ? "everything but " : ""}${patterns.join(", ")}`;
  return missing === undefined ? list : `${list} (${missing} has no value in this request)`;
}
