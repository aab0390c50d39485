import type { StackConfig } from "../../lib/stack/stack-config";
import type { TwinUser } from "../options";

/** The users of the twin, and the configuration of the program that has them. */
export interface ProgramUsers {
  readonly users: readonly TwinUser[];
  /** Whether users are secrets, which the program does not make; otherwise they are in its configuration. */
  readonly asSecrets: boolean;
  readonly values: Record<string, string>;
  readonly secretKeys: string[];
}

/**
 * The users of the stack's file and of the command line, which replace those with the same name. Without any, a
 * generated one.
 *
 * @param named - Users of the command line.
 * @param generated - The user when there are no others.
 */
export function programUsers(
  { project, values }: StackConfig,
  named: readonly TwinUser[],
  generated: TwinUser,
): ProgramUsers {
  const key = `${project}:users`;
  const asSecrets = values[`${project}:userStore`] === "secretsmanager";
  const configured: unknown = JSON.parse(values[key] ?? "[]");
  // The program reports a value that is not a list.
  if (!Array.isArray(configured)) return { users: [], asSecrets, values, secretKeys: [key] };
  const kept = (configured as TwinUser[]).filter(
    ({ name }) => !named.some((user) => user.name === name),
  );
  const all = [...kept, ...named];
  const users = all.length > 0 ? all : [generated];
  return {
    users,
    asSecrets,
    values: asSecrets ? values : { ...values, [key]: JSON.stringify(users) },
    secretKeys: [key],
  };
}
