import type { StackConfig } from "../../lib/stack/stack-config";
import type { TwinUser } from "../options";
import { madeUpUser } from "./made-up-user";

/** Who can log in, and what the program is configured with so that they can. */
export interface ProgramUsers {
  readonly users: readonly TwinUser[];
  /** Users are secrets, which the program does not make; otherwise they are part of its configuration. */
  readonly asSecrets: boolean;
  readonly values: Record<string, string>;
  readonly secretKeys: string[];
}

/**
 * Users of the command line come over those of the stack's file, name by name; without any, one is made up.
 *
 * @param named users of the command line
 */
export function programUsers(
  { project, values }: StackConfig,
  named: readonly TwinUser[],
): ProgramUsers {
  const key = `${project}:users`;
  const asSecrets = values[`${project}:userStore`] === "secretsmanager";
  const configured: unknown = JSON.parse(values[key] ?? "[]");
  // What is no list goes to the program as it is, which says so.
  if (!Array.isArray(configured)) return { users: [], asSecrets, values, secretKeys: [key] };
  const kept = (configured as TwinUser[]).filter(
    ({ name }) => !named.some((user) => user.name === name),
  );
  const all = [...kept, ...named];
  const users = all.length > 0 ? all : [madeUpUser()];
  return {
    users,
    asSecrets,
    values: asSecrets ? values : { ...values, [key]: JSON.stringify(users) },
    secretKeys: [key],
  };
}
