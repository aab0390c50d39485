import { EvaluatedStack, label, ofType } from "../evaluation/resource";
import { warnings } from "../iam";

/**
 * Roles that Transfer Family may take on anybody's behalf. AWS lets them through, so the twin serves them, but
 * somebody else's server could be made to use them (user guide, "confused deputy").
 */
export function trustWarnings({ resources }: EvaluatedStack): string[] {
  return ofType(resources, "aws:iam/role:Role")
    .map((role) => ({ source: label(role), document: String(role.outputs.assumeRolePolicy) }))
    .filter(({ document }) => document.includes("transfer.amazonaws.com"))
    .flatMap((trust) => warnings(trust));
}
