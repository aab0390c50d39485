/** All policies of one kind against one request. */
import type { Step } from "./decision";
import type { NamedPolicy, PolicyKind } from "./policy";
import { parsePolicy } from "./policy-document";
import { PolicyError } from "./policy-error";
import type { Nearness } from "./principal";
import { matchStatement, type PolicyRequest } from "./statement-match";

/** What the policies of a kind say together. */
export interface PolicyEvaluation {
  readonly sources: readonly string[];
  readonly steps: readonly Step[];
  readonly problems: readonly string[];
  /** Why the request is denied outright, as a sentence; absent when no policy does. */
  readonly denial?: string;
  /** One for each Allow that applies; "session" where the policy names no principal. */
  readonly allows: readonly Nearness[];
  /** The Allow that came closest without applying, as a sentence part; empty when none covers the action. */
  readonly nearest: string;
}

/**
 * A policy that cannot be read grants nothing, and denies: AWS would have refused it, and nobody can say whether the
 * lost part was a Deny.
 */
export function evaluatePolicies(
  policies: readonly NamedPolicy[],
  kind: PolicyKind,
  request: PolicyRequest,
): PolicyEvaluation {
  const steps: Step[] = [];
  const problems: string[] = [];
  const denials: string[] = [];
  const allows: Nearness[] = [];
  let nearest = { fitted: 0, text: "" };

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
        if (match.applies && effect === "Allow") allows.push(match.nearness ?? "session");
        if (match.applies && effect === "Deny")
          denials.push(
            `${request.action} on ${request.resource} is denied by ${label} of ${source}` +
              (match.problems.length > 0 ? `, because ${match.why}` : ""),
          );
        if (!match.applies && effect === "Allow" && match.fitted > nearest.fitted)
          nearest = { fitted: match.fitted, text: `${label} of ${source}: ${match.why}` };
      }
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      steps.push({ source, effect: "Deny", outcome: "applies", why: error.message });
      problems.push(error.message);
      denials.push(`${error.message}; a policy that cannot be read grants nothing`);
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

/** "no statement of A or B allows …", with the one that came closest. */
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
