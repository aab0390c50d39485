import { InvalidArgumentError, type Command } from "commander";

import { BadField } from "./fields";

/** The options of commands that make a password. */
export function addPasswordOptions(command: Command): Command {
  return command
    .option(
      "--passwords <file>",
      "write made-up passwords to this file (mode 600), not to the terminal",
    )
    .option("--password-stdin", "take the password from the first line of standard input")
    .option(
      "--password <text>",
      "take the password from the command line, where others can see it",
    );
}

/** A parser of fields as a parser of option values. */
export function option<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof BadField) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}

/** The same for an option that can be repeated: the values of all are taken together. */
export function repeatable<T>(parse: (text: string) => T[]): (text: string, before?: T[]) => T[] {
  const parseOne = option(parse);
  return (text, before = []) => [...before, ...parseOne(text)];
}
