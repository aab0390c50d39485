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
  /** Actions that AWS does not limit to a resource. */
  readonly everywhere: readonly string[];
  /** The service that the program passes a role to with this type. */
  readonly passesRoleTo?: string;
}

export const verbs = ["create", "read", "update", "delete"] as const;

/** Actions of which most parts may be left out. */
export function actions(
  page: string,
  on: string | readonly string[],
  parts: Partial<Omit<Actions, "page" | "on">>,
): Actions {
  const none = { create: [], read: [], update: [], delete: [], everywhere: [] };
  return { page, on: typeof on === "string" ? [on] : on, ...none, ...parts };
}

/** EC2 generates the ids of its resources, so an ARN names only their kind, region and account. */
export const ec2Arns = (...kinds: string[]): string[] =>
  kinds.map((kind) => `arn:{partition}:ec2:{region}:{account}:${kind}/*`);

/** Every action, with and without a resource. */
export function allActions(set: Actions): string[] {
  return [...verbs.flatMap((verb) => set[verb]), ...set.everywhere];
}
