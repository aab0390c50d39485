/** What is checked before a stack's first change at SORACOM, so that nothing is left half made. */
import type { Access, Permissions } from "./access";
import { cliRemedy, oldestCli, readCliVersion } from "./cli-version";
import { DriverError } from "./errors";
import type { Existing } from "./permissions";
import type { RunCli } from "./run-cli";

export interface Preflight {
  readonly runCli: RunCli;
  readonly env: NodeJS.ProcessEnv;
  readonly access: Access;
  log(line: string): void;
}

/** Throws a DriverError when the CLI is too old, the API cannot be reached, or the key may not do what is needed. */
export async function checkBefore(
  { runCli, env, access, log }: Preflight,
  existing: readonly Existing[] = [],
): Promise<void> {
  const { printed, state } = await readCliVersion(runCli, env);
  if (state === "tooOld") {
    throw new DriverError(
      `The SORACOM CLI is "${printed}", and ${oldestCli} or newer is needed. ${cliRemedy}`,
    );
  }
  const permissions = await access.permissions(existing);
  const lack = lackOf(permissions);
  if (lack !== undefined) throw new DriverError(`${lack} Nothing was created.`);
  if (permissions.state === "unread") log(unreadNote(permissions));
}

/** What the key may not do; undefined when it lacks nothing that is known. */
export function lackOf(permissions: Permissions): string | undefined {
  if (permissions.state !== "user" || permissions.missing.length === 0) return undefined;
  const { userName, missing } = permissions;
  return `The SAM user ${userName} lacks permissions: ${missing.join(", ")}. Add them to the user or to one of its roles, and use a new key pair or session.`;
}

/** Why the permissions are not known. */
export function unreadNote({ userName, reason }: Extract<Permissions, { state: "unread" }>) {
  return `the permissions of SAM user ${userName} were not checked, because it may not read them (${reason}); docs/canal.md lists those it needs`;
}
