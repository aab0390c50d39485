/** Evaluates all policies of one kind for one request. */
import type { Step } from "./decision";
import type { NamedPolicy, PolicyKind } from "./policy";
import { parsePolicy } from "./policy-document";
import { PolicyError } from "./policy-error";
import type { GrantScope } from "./principal";
import { matchStatement, type PolicyRequest } from "./statement-match";

/** The combined result of the policies of one kind. */
export interface PolicyEvaluation {
  readonly sources: readonly string[];
  readonly steps: readonly Step[];
  readonly problems: readonly string[];
  /** Why the request is explicitly denied, as a sentence; absent when no policy denies it. */
  readonly denial?: string;
  /** The grants of each Allow that applies; "session" where the policy names no principal. */
  readonly allows: readonly GrantScope[];
  /** The Allow that matched most elements without applying, as a sentence part; empty when none covers the action. */
  readonly nearest: string;
}

/**
 * Evaluates policies for a request. A policy that cannot be parsed denies the request: AWS would have rejected it, and
 * the part that is lost might be a Deny.
 */
export function evaluatePolicies(
  policies: readonly NamedPolicy[],
  kind: PolicyKind,
  request: PolicyRequest,
): PolicyEvaluation {
  const steps: Step[] = [];
  const problems: string[] = [];
  const denials: string[] = [];
  const allows: GrantScope[] = [];
  let nearest = { matched: 0, text: "" };

  for (const named of policies) {
    const { source } = named;
    try {
      const policy = parsePolicy(named, kind);
      for (const statement of policy.statements) {
        const { effect, sid, label } = statement;
        const match = matchStatement(policy, statement, request);
        const outcome = match.applies ? "applies" : "does not apply";
        steps.push({ source, ...(sid ? { sid } : {}), effect, outcome, why: match.why });
        problems.push(...match.problems.map((problem) => `${label} of ${source}: ${problem}`));
        if (match.applies && effect === "Allow") allows.push(match.scope ?? "session");
        if (match.applies && effect === "Deny")
          denials.push(
            `${request.action} on ${request.resource} is denied by ${label} of ${source}` +
              (match.problems.length > 0 ? `, because ${match.why}` : ""),
          );
        if (!match.applies && effect === "Allow" && match.matched > nearest.matched)
          nearest = { matched: match.matched, text: `${label} of ${source}: ${match.why}` };
      }
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      steps.push({ source, effect: "Deny", outcome: "applies", why: error.message });
      problems.push(error.message);
      denials.push(`${error.message}; a policy that cannot be parsed grants nothing`);
    }
  }
  return {
    sources: policies.map(({ source }) => source),
    steps,
    problems,
    ...(denials.length > 0 ? { denial: denials[0] } : {}),
    allows,
    nearest: nearest.text,
  };
}

/** The sentence "no statement of A or B allows …", with the nearest statement. */
export function nothingAllows(
  evaluations: readonly PolicyEvaluation[],
  { action, resource }: PolicyRequest,
  grantee = "",
): string {
  const sources = evaluations.flatMap((evaluation) => evaluation.sources);
  const nearest = evaluations.map((evaluation) => evaluation.nearest).find((text) => text !== "");
  return (
    `no statement of ${sources.join(" or ")} allows ${action} on ${resource}` +
    (grantee && ` to ${grantee}`) +
    (nearest ? ` (nearest is ${nearest})` : "")
  );
}
