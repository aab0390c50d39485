import { confusedDeputyWarnings, NamedPolicy } from "../../lib/iam";
import { EvaluatedStack, label, ofType } from "../../lib/stack/resource";

/**
 * Warnings about roles that Transfer Family may assume on behalf of more than this stack. AWS accepts them, so the twin
 * serves them, but another account's server could use them (user guide, "confused deputy").
 */
export function trustWarnings({ resources }: EvaluatedStack): string[] {
  return ofType(resources, "aws:iam/role:Role")
    .map((role) => ({ source: label(role), document: String(role.outputs.assumeRolePolicy) }))
    .filter(({ document }) => document.includes("transfer.amazonaws.com"))
    .flatMap((trust) => {
      const warnings = confusedDeputyWarnings(trust);
      return warnings.length > 0 ? warnings : missingConditions(trust);
    });
}

/** One of the two conditions is enough to limit the trust to this account; the user guide asks for both. */
function missingConditions({ source, document }: NamedPolicy): string[] {
  const text = String(document).toLowerCase();
  return ["aws:SourceAccount", "aws:SourceArn"]
    .filter((key) => !text.includes(`"${key.toLowerCase()}"`))
    .map(
      (key) => `${source} does not check ${key}; AWS asks for both conditions (confused deputy).`,
    );
}
