import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import type { NamedPolicy } from "../../lib/iam";

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
