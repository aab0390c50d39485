/**
 * What Pulumi's AWS provider has to be allowed for one resource type. Actions are as the Service Authorization
 * Reference names them.
 */
export interface Need {
  /** Page of the Service Authorization Reference, the part after `list_`. */
  readonly page: string;
  /**
   * ARNs that the actions are limited to, with `{partition}`, `{region}`, `{account}`, `{name}` (project-stack, which
   * every generated name begins with) and `{underscored}` (the same with underscores). `*` where AWS knows no ARN.
   */
  readonly on: readonly string[];
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** Actions that AWS takes on all resources only. */
  readonly everywhere?: readonly string[];
}

export const verbs = ["create", "read", "update", "delete"] as const;

/** A need of whose parts most are left out. */
export function need(page: string, on: string | readonly string[], parts: Partial<Need>): Need {
  const none = { create: [], read: [], update: [], delete: [] };
  return { page, on: typeof on === "string" ? [on] : on, ...none, ...parts };
}

/** EC2 makes up the ids of its resources, so that only their kind, region and account can be named. */
export const ec2 = (...kinds: string[]) =>
  kinds.map((kind) => `arn:{partition}:ec2:{region}:{account}:${kind}/*`);

/** All actions of a need, those on all resources with them. */
export function actionsOf(need: Need): string[] {
  return [...verbs.flatMap((verb) => need[verb]), ...(need.everywhere ?? [])];
}
