import { type Command, CommanderError, InvalidArgumentError, Option } from "commander";

import { stacksOf } from "../../lib/stack/stack-config";
import type { CliContext } from "./context";
import { exitCodes, toUserError } from "./errors";

/**
 * Adds a command's arguments, options, examples and sub-commands.
 *
 * @param end - Sets the exit code; without a call it is 0.
 */
export type DefineCommand = (
  command: Command,
  context: CliContext,
  end: (exitCode: number) => void,
) => void;

/** The option `--stack`. Its default is the stack that is selected in Pulumi, else dev. */
export function addStackOption(
  command: Command,
  context: CliContext,
  description = "the stack (default: the one selected in Pulumi, else dev)",
): Command {
  return command
    .addOption(new Option("--stack <name>", description).choices(stacksOf(context.root)))
    .hook("preAction", async (_, action) => {
      if (action.getOptionValue("stack") !== undefined) return;
      action.setOptionValueWithSource("stack", await selectedStack(context), "default");
    });
}

/** The option `--json`. */
export function addJsonOption(command: Command): Command {
  return command.option("--json", "print one JSON document on standard output");
}

/** A backend that does not respond must not block commands that only need a default. */
const selectedStackTimeoutMs = 10_000;

/** The stack that is selected in Pulumi, if it has a file here; else dev. */
export async function selectedStack({ root, runProgram }: CliContext): Promise<string> {
  const args = ["stack", "--show-name", "--non-interactive"];
  const { code, stdout } = await runProgram("pulumi", args, selectedStackTimeoutMs);
  // A backend can put an organization and the project before the name.
  const name = code === 0 ? stdout.trim().split("/").at(-1) : undefined;
  return name !== undefined && stacksOf(root).includes(name) ? name : "dev";
}

/**
 * Runs a command line and prints its error, if any.
 *
 * @returns the exit code
 */
export async function runCommandLine(
  argv: readonly string[],
  context: CliContext,
  build: (end: (exitCode: number) => void) => Promise<Command> | Command,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  try {
    const program = await build((code) => (exitCode = code));
    prepare(program, context);
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    const {
      message,
      code,
      exitCode: failed,
    } = error instanceof CommanderError
      ? { message: error.message, code: "usage", exitCode: exitCodes.usage }
      : toUserError(error);
    if (argv.includes("--json")) {
      context.out(`${JSON.stringify({ error: { code, message } })}\n`);
    } else if (!(error instanceof CommanderError)) {
      // Commander prints its own errors.
      context.error(`${message}\n`);
    }
    return failed;
  }
}

/** Lets commander throw instead of ending the process, and write to the context. */
function prepare(command: Command, context: CliContext): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => context.out(text),
    writeErr: (text) => context.error(text),
  });
  for (const child of command.commands) prepare(child, context);
}

/** A parser of option values: a number from `least` to `most`. */
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
