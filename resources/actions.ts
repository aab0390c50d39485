/**
 * The IAM actions that Pulumi's AWS provider needs to manage one resource type, named as in AWS's Service
 * Authorization Reference.
 */
export interface Actions {
  /** Page of the Service Authorization Reference, the part after `list_`. */
  readonly page: string;
  /**
   * ARNs that the actions are limited to, with `{partition}`, `{region}`, `{account}`, `{name}` (project-stack, which
   * every generated name begins with) and `{underscored}` (the same with underscores).
   */
  readonly on: readonly string[];
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** The service that the program passes a role to with this type. */
  readonly passesRoleTo?: string;
  /** The condition key that limits changes to the values which an input has in the stack. */
  readonly limitedBy?: { readonly key: string; readonly input: string };
}

export const verbs = ["create", "read", "update", "delete"] as const;

/** Actions of which most parts may be left out. */
export function actions(
  page: string,
  on: string | readonly string[],
  parts: Partial<Omit<Actions, "page" | "on">>,
): Actions {
  const none = { create: [], read: [], update: [], delete: [] };
  return { page, on: typeof on === "string" ? [on] : on, ...none, ...parts };
}

/** EC2 generates the ids of its resources, so an ARN names only their kind, region and account. */
export const ec2Arns = (...kinds: string[]): string[] =>
  kinds.map((kind) => `arn:{partition}:ec2:{region}:{account}:${kind}/*`);

/** Every action, each once. */
export function allActions(set: Actions): string[] {
  return [...new Set(verbs.flatMap((verb) => set[verb]))];
}

/** EC2's descriptions of resources, except of one attribute of one VPC. */
const descriptions = /^ec2:Describe(?!VpcAttribute$)/;

/** Other actions that AWS does not limit to a resource (Service Authorization Reference: no resource type). */
const unlimitedActions = new Set([
  // It has alarms as resource type, but a request with names is authorized on every alarm.
  "cloudwatch:DescribeAlarms",
  "lambda:CreateEventSourceMapping",
  "lambda:ListEventSourceMappings",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "route53:CreateHostedZone",
  "transfer:CreateServer",
]);

/** Whether AWS allows an action only on all resources. */
export function isUnlimited(action: string): boolean {
  return descriptions.test(action) || unlimitedActions.has(action);
}
