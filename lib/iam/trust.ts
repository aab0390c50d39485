/**
 * Role trust policies: who may assume a role. Sources: IAM User Guide, "The confused deputy problem"; AWS Transfer
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
  /** The service that asks, for example transfer.amazonaws.com. */
  readonly service: string;
  /**
   * What the service says about its request: aws:SourceAccount and aws:SourceArn. For the role of a user Transfer
   * Family gives the user's ARN, for logging and invocation roles the server's.
   */
  readonly context: RequestContext;
}

/** Whether the service may assume the role. A trust policy must allow it explicitly; nothing else can. */
export function canAssume({ trustPolicy, service, context }: AssumeRoleRequest): Decision {
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
  const nobody = `no statement of ${trustPolicy.source} lets ${service} assume the role`;
  const reason = denial ?? (nearest ? `${nobody} (nearest is ${nearest})` : nobody);
  return { allowed: false, reason, steps, problems };
}

/** Keys that tie a service's request to an account, a resource or an organization. */
const SOURCE_KEYS = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/**
 * One sentence for each statement that lets a service assume the role on behalf of any account: the confused deputy.
 * A malformed policy gives the sentence that says what is wrong with it.
 */
export function warnings(trustPolicy: NamedPolicy): string[] {
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
      `${label} of ${policy.source} lets ${trusted.join(", ")} assume the role for any account: ` +
        "it has no aws:SourceAccount or aws:SourceArn condition (confused deputy).",
    ];
  });
}

/** Whether the condition fails for a request of a stranger: it needs the key, and its value is not open. */
function tiesToSource({ operator: name, key, values }: Condition): boolean {
  const operator = findOperator(name);
  if (!operator || !SOURCE_KEYS.includes(key.toLowerCase())) return false;
  if (operator.negated || operator.ifExists || operator.set === "all") return false;
  if (operator.compare === "null") return false;
  const open = /[*?]/;
  if (key.toLowerCase() !== "aws:sourcearn") return !values.some((value) => open.test(value));
  return values.every((value) => {
    const [, , , , account, ...resource] = value.split(":");
    // Without an account (an S3 ARN) the whole name has to say whose it is.
    return account === "" ? !open.test(resource.join(":")) : /^\d{12}$/.test(account);
  });
}
