import { InvalidArgumentError, type Command } from "commander";

import { BadField } from "./fields";

/** Adds the options of commands that create a password. */
export function addPasswordOptions(command: Command): Command {
  return command
    .option(
      "--passwords <file>",
      "write generated passwords to this file (mode 600), not to the terminal",
    )
    .option("--password-stdin", "read the password from the first line of standard input")
    .option("--password <text>", "the password; other users of the machine can read it");
}

/** A parser of option values from a parser of fields. */
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

/** The same for a repeatable option: its values are joined. */
export function repeatable<T>(parse: (text: string) => T[]): (text: string, before?: T[]) => T[] {
  const parseOne = option(parse);
  return (text, before = []) => [...before, ...parseOne(text)];
}
