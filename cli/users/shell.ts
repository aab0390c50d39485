import type { Command } from "commander";

import { exitCodes, failureOf, refusal, type Failure } from "./failure";
import type { Output, Streams } from "./output";
import type { Site } from "./site";

/** What a command works with while it runs. */
export interface Session {
  readonly site: Site;
  readonly output: Output;
  readonly streams: Streams;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** Carries a command out; resolves with the exit code where it is not 0. */
export type Run<Arguments extends unknown[], Options> = (
  session: Session,
  options: Options,
  ...args: Arguments
) => Promise<number | void>;

/** What the commands are registered with. */
export interface Shell {
  readonly program: Command;
  /** Gives a command what it does; the site it is about is opened before and closed after. */
  run<Arguments extends unknown[], Options>(command: Command, run: Run<Arguments, Options>): void;
}

/** What was done for one user. */
export interface Done {
  readonly document: object;
  readonly lines: readonly string[];
}

/**
 * Does something for each of several users: what is refused for one keeps no other from it. When the table fails, the
 * rest is left, and what was done before is still told: passwords are shown only once.
 */
export async function forEachUser(
  names: readonly string[],
  { output, streams }: Session,
  act: (name: string) => Promise<Done>,
): Promise<number> {
  const documents: object[] = [];
  const lines: string[] = [];
  let exitCode: number = exitCodes.done;
  for (const name of names) {
    try {
      const done = await act(name);
      documents.push({ name, ...done.document });
      lines.push(...done.lines);
    } catch (error) {
      const failure = failureOf(error as Error);
      if (failure.exitCode === exitCodes.usage) throw failure;
      documents.push({ name, error: { code: failure.code, message: failure.message } });
      if (!output.json) streams.error(`${failure.message}\n`);
      exitCode = failure.exitCode;
      if (exitCode !== exitCodes.refused) break;
    }
  }
  output.result({ users: documents }, lines);
  return exitCode;
}

/** There is no user of this name in the table. */
export function noSuchUser(name: string, { description }: Site): Failure {
  return refusal("no-such-user", `There is no user ${name} in ${description}.`);
}
