import type { Command } from "commander";

import type { CliContext } from "../core/context";
import { exitCodes, toUserError } from "../core/errors";
import type { Output } from "../core/output";
import { UserStateError } from "./errors";
import type { Site } from "./site";

/** What a sub-command works with. */
export interface Session {
  readonly site: Site;
  readonly output: Output;
  readonly context: CliContext;
}

/** Runs a sub-command. Resolves with the exit code, if it is not 0. */
export type RunSubcommand<Arguments extends unknown[], Options> = (
  session: Session,
  options: Options,
  ...args: Arguments
) => Promise<number | void>;

/** Registers sub-commands. */
export interface SubcommandRegistry {
  /** Adds a sub-command with the options that select the users. */
  add(name: string): Command;
  /** Sets the action of a sub-command; its site is opened before and closed after. */
  run<Arguments extends unknown[], Options>(
    command: Command,
    run: RunSubcommand<Arguments, Options>,
  ): void;
}

/** Result for one user. */
export interface UserResult {
  readonly document: object;
  readonly lines: readonly string[];
}

/**
 * Runs an action for each of several users. A user in the wrong state does not prevent the others. When the table
 * fails, the rest is skipped, and earlier results are still printed, because passwords are shown only once.
 */
export async function forEachUser(
  names: readonly string[],
  { output, context }: Session,
  act: (name: string) => Promise<UserResult>,
): Promise<number> {
  const documents: object[] = [];
  const lines: string[] = [];
  let exitCode: number = exitCodes.ok;
  for (const name of names) {
    try {
      const done = await act(name);
      documents.push({ name, ...done.document });
      lines.push(...done.lines);
    } catch (error) {
      const { message, code, exitCode: failed } = toUserError(error);
      if (failed === exitCodes.usage) throw error;
      documents.push({ name, error: { code, message } });
      if (!output.json) context.error(`${message}\n`);
      exitCode = failed;
      if (!(error instanceof UserStateError)) break;
    }
  }
  output.result({ users: documents }, lines);
  return exitCode;
}

/** The table has no user of this name. */
export function noSuchUser(name: string, { description }: Site): UserStateError {
  return new UserStateError("no-such-user", `There is no user ${name} in ${description}.`);
}
