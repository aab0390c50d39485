import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

import { stacksOf } from "../../lib/stack/stack-config";
import { exitCodes, failureOf, misuse } from "./failure";
import type { Surroundings } from "./surroundings";

/** A command by its name, its sentence, and what follows its options in --help. */
export function describe(name: string, sentence: string, after: string): Command {
  return new Command(name)
    .description(sentence)
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .addHelpText("after", `\n${after}`);
}

/** The options that every command has. */
export function addCommonOptions(command: Command, root: string): Command {
  return (
    command
      .addOption(new Option("--stack <name>", "stack that is meant").choices(stacksOf(root)))
      .option("--json", "print one JSON document on standard output", false)
      // Not by commander's own means, which would complain of this before it sees a misspelt option.
      .hook("preAction", (_, action) => {
        if (action.opts<{ stack?: string }>().stack === undefined) {
          throw misuse("Say which stack is meant: --stack NAME.");
        }
      })
  );
}

/**
 * Carries out one command line. `add` gives the program its commands, whose actions tell `end` the exit code.
 * Resolves with the exit code; what went wrong was said by then.
 */
export async function runCommandLine(
  program: Command,
  argv: readonly string[],
  surroundings: Surroundings,
  add: (program: Command, end: (exitCode: number) => void) => void,
): Promise<number> {
  let exitCode: number = exitCodes.done;
  program.exitOverride().configureOutput({
    writeOut: (text) => surroundings.out(text),
    writeErr: (text) => surroundings.error(text),
  });
  add(program, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const failure =
      error instanceof CommanderError
        ? { message: error.message, exitCode: exitCodes.usage }
        : failureOf(error);
    if (argv.includes("--json")) {
      surroundings.out(`${JSON.stringify({ error: { message: failure.message } })}\n`);
    } else if (!(error instanceof CommanderError)) {
      // Commander has said it already.
      surroundings.error(`${failure.message}\n`);
    }
    return failure.exitCode;
  }
}

/** A parser of numbers from `least` to `most` as option values. */
export function numberFrom(least: number, most: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most && (!whole || value % 1 === 0)) {
      return value;
    }
    throw new InvalidArgumentError(
      `${whole ? "A whole number" : "A number"} from ${least} to ${most}.`,
    );
  };
}
