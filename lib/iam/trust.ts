/**
 * Role trust policies: which services may assume a role. Sources: IAM User Guide, "The confused deputy problem"; AWS Transfer
 * Family User Guide, "Cross-service confused deputy prevention".
 */
import { findOperator } from "./condition-operators";
import type { Decision } from "./decision";
import { evaluatePolicies } from "./policy-evaluation";
import type { Condition, NamedPolicy, Policy } from "./policy";
import { parsePolicy } from "./policy-document";
import { PolicyError } from "./policy-error";
import { principalContext, type ServicePrincipal } from "./principal";
import { contextLookup, type RequestContext } from "./request-context";

export interface AssumeRoleRequest {
  readonly trustPolicy: NamedPolicy;
  /** The service that assumes the role, for example transfer.amazonaws.com. */
  readonly service: string;
  /**
   * The service's condition keys: aws:SourceAccount and aws:SourceArn. Transfer Family sets the user's ARN for the
   * role of a user, the server's ARN for logging and invocation roles.
   */
  readonly context?: RequestContext;
}

/** Whether the service may assume the role. Only an Allow in the trust policy grants it. */
export function canAssume({ trustPolicy, service, context = {} }: AssumeRoleRequest): Decision {
  const principal: ServicePrincipal = { type: "service", service };
  const request = {
    action: "sts:AssumeRole",
    resource: "*",
    principal,
    context: contextLookup(principalContext(principal), context),
  };
  const { steps, problems, denial, allows, nearest } = evaluatePolicies(
    [trustPolicy],
    "trust",
    request,
  );
  if (denial === undefined && allows.length > 0) return { allowed: true, steps, problems };
  const missing = `no statement of ${trustPolicy.source} allows ${service} to assume the role`;
  const reason = denial ?? (nearest ? `${missing} (nearest is ${nearest})` : missing);
  return { allowed: false, reason, steps, problems };
}

/** Keys that tie a service's request to an account, a resource or an organization. */
const sourceKeys = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/**
 * One sentence for each statement that allows a service to assume the role on behalf of any account (the confused
 * deputy problem). For a malformed policy, its error message.
 */
export function confusedDeputyWarnings(trustPolicy: NamedPolicy): string[] {
  let policy: Policy;
  try {
    policy = parsePolicy(trustPolicy, "trust");
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return [error.message];
  }
  return policy.statements.flatMap(({ effect, label, principals, conditions }) => {
    const trusted = (principals?.entries ?? [])
      .filter(({ type, value }) => type === "Service" || value === "*")
      .map(({ value }) => value);
    if (effect !== "Allow" || trusted.length === 0 || conditions.some(tiesToSource)) return [];
    return [
      `${label} of ${policy.source} allows ${trusted.join(", ")} to assume the role for any account: ` +
        "it has no aws:SourceAccount or aws:SourceArn condition (confused deputy).",
    ];
  });
}

/** Whether the condition rejects requests on behalf of other accounts: it needs the key, and its value is closed. */
function tiesToSource({ operator: name, key, values }: Condition): boolean {
  const operator = findOperator(name);
  if (!operator || !sourceKeys.includes(key.toLowerCase())) return false;
  if (operator.negated || operator.ifExists || operator.set === "all") return false;
  if (operator.compare === "null") return false;
  const open = /[*?]/;
  if (key.toLowerCase() !== "aws:sourcearn") return !values.some((value) => open.test(value));
  return values.every((value) => {
    const [, , , , account, ...resource] = value.split(":");
    // An ARN without an account (S3) must be complete to identify its owner.
    return account === "" ? !open.test(resource.join(":")) : /^\d{12}$/.test(account);
  });
}
