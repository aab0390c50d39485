import { EvaluatedStack, label, ofType } from "../../lib/stack/resource";
import { confusedDeputyWarnings, NamedPolicy } from "../../lib/iam";

/**
 * Roles that Transfer Family may take on behalf of more than it should. AWS lets them through, so the twin serves
 * them, but somebody else's server could be made to use them (user guide, "confused deputy").
 */
export function trustWarnings({ resources }: EvaluatedStack): string[] {
  return ofType(resources, "aws:iam/role:Role")
    .map((role) => ({ source: label(role), document: String(role.outputs.assumeRolePolicy) }))
    .filter(({ document }) => document.includes("transfer.amazonaws.com"))
    .flatMap((trust) => {
      const open = confusedDeputyWarnings(trust);
      return open.length > 0 ? open : halfTied(trust);
    });
}

/** One condition ties the trust to this account as well, as long as nobody loosens it; the guide asks for two. */
function halfTied({ source, document }: NamedPolicy): string[] {
  const text = String(document).toLowerCase();
  return ["aws:SourceAccount", "aws:SourceArn"]
    .filter((key) => !text.includes(`"${key.toLowerCase()}"`))
    .map(
      (key) => `${source} does not check ${key}; AWS asks for both conditions (confused deputy).`,
    );
}
