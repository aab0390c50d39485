import * as os from "node:os";

import type { Command } from "commander";
import pLimit from "p-limit";

import type { CliContext } from "../core/context";
import { exitCodes, toUserError } from "../core/errors";
import type { Output } from "../core/output";
import { Progress } from "../../lib/progress";
import { UserStateError } from "./errors";
import type { Site } from "./site";

/** Users that are done without a report of the progress. */
const quietNames = 10;

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
 * Runs an action for each of several users, some at a time. A user in the wrong state does not prevent the others. When
 * the table fails or the command is interrupted, the rest is skipped, and earlier results are still printed.
 */
export async function forEachUser(
  names: readonly string[],
  { output, context }: Session,
  act: (name: string) => Promise<UserResult>,
): Promise<number> {
  const progress = names.length > quietNames ? new Progress("users", context) : undefined;
  const state = { total: names.length, done: 0, failed: 0 };
  let exitCode: number = exitCodes.ok;
  let isStopped = false;
  const limit = pLimit(2 * os.availableParallelism());
  const results = await limit.map(names, async (name): Promise<UserResult | undefined> => {
    if (context.stop.aborted) {
      [isStopped, exitCode] = [true, exitCodes.failed];
    }
    if (isStopped) return undefined;
    try {
      const done = await act(name);
      state.done++;
      return done;
    } catch (error) {
      const { message, code, exitCode: failed } = toUserError(error);
      if (failed === exitCodes.usage) throw error;
      if (!output.json) context.error(`${message}\n`);
      exitCode = failed;
      state.failed++;
      if (!(error instanceof UserStateError)) isStopped = true;
      return { document: { error: { code, message } }, lines: [] };
    } finally {
      progress?.report(state);
    }
  });
  progress?.finish(state);
  const documents = names.flatMap((name, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ name, ...result.document }];
  });
  output.result(
    { users: documents },
    results.flatMap((result) => result?.lines ?? []),
  );
  return exitCode;
}

/** The table has no user of this name. */
export function noSuchUser(name: string, { description }: Site): UserStateError {
  return new UserStateError("no-such-user", `There is no user ${name} in ${description}.`);
}
