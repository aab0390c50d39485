import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { authorize, type NamedPolicy } from "../../lib/iam";

/** A role of the stack with its trust policy and its inline policies. */
export interface RoleResource {
  readonly resource: Resource;
  readonly arn: string;
  readonly trust: NamedPolicy;
  readonly policies: NamedPolicy[];
}

/** The stack's role with this ARN; undefined when the stack makes no such role. */
export function findRole({ resources }: EvaluatedStack, arn: unknown): RoleResource | undefined {
  const resource = ofType(resources, "aws:iam/role:Role").find(
    ({ outputs }) => outputs.arn === arn,
  );
  if (!resource) return undefined;
  return {
    resource,
    arn: String(arn),
    trust: { source: label(resource), document: String(resource.outputs.assumeRolePolicy) },
    policies: ofType(resources, "aws:iam/rolePolicy:RolePolicy")
      .filter(({ outputs }) => outputs.role === resource.id)
      .map((policy) => ({ source: label(policy), document: String(policy.outputs.policy) })),
  };
}

/** Why a function's role may not do this, by its own policies; undefined when it may. */
export function roleRefusal(
  { arn, policies }: Pick<RoleResource, "arn" | "policies">,
  action: string,
  resource: string,
): string | undefined {
  const decision = authorize({
    action,
    resource,
    context: { "aws:SecureTransport": "true" },
    principal: { type: "role", roleArn: arn, sessionName: "function" },
    identityPolicies: policies,
  });
  return decision.allowed ? undefined : decision.reason;
}
