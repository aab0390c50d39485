import { InvalidArgumentError, type Command } from "commander";

import { usageError } from "../core/errors";
import {
  BadField,
  parseAccess,
  parseBlocks,
  parseMappings,
  parseNote,
  parseTime,
  type UserFields,
} from "./fields";

/** Values of the options of {@link addFieldOptions}. `none` resets a field to its default. */
export interface FieldOptions {
  readonly access?: UserFields["access"];
  readonly until?: number | "none";
  readonly from?: readonly string[] | "default";
  readonly mapping?: UserFields["mappings"] | "none";
  readonly note?: string;
  readonly force: boolean;
}

/** Adds the options for a user's fields. */
export function addFieldOptions(command: Command): Command {
  return command
    .option("--access <kind>", "read-write, read-only or drop-box", option(parseAccess))
    .option(
      "--until <date>",
      "end of access, such as 2027-03-31; none for no end",
      option((text) => (text === "none" ? text : parseTime(text))),
    )
    .option(
      "--from <block>",
      "IPv4 block of logins, in place of the stack's range; repeatable; nowhere, or default for the stack's range",
      orWord("default", parseBlocks),
    )
    .option(
      "--map, --mapping <entry=folder[:access]>",
      "a further folder, such as /config=shared/config:read-only; repeatable; none",
      orWord("none", parseMappings),
    )
    .option("--note <text>", "a note of yours", option(parseNote))
    .option("--force", "accept an end of access in the past", false);
}

/** The fields that options set; undefined for fields that they reset to the default. */
export function fieldsOf(options: FieldOptions, now: number): Partial<UserFields> {
  const { access, until, from, mapping, note, force } = options;
  if (typeof until === "number") refusePast(until, now, force);
  return {
    ...(access === undefined ? {} : { access }),
    ...(until === undefined ? {} : { validUntil: until === "none" ? undefined : until }),
    ...(from === undefined ? {} : { allowedCidrs: from === "default" ? undefined : from }),
    ...(mapping === undefined ? {} : { mappings: mapping === "none" ? [] : mapping }),
    ...(note === undefined ? {} : { note: note || undefined }),
  };
}

/** The reason why an end of access is not accepted; undefined when it is. */
export function pastProblem(until: number, now: number): string | undefined {
  return until > now
    ? undefined
    : "The end of access is in the past, so no login would be accepted: give a later one, or --force.";
}

function refusePast(until: number, now: number, force: boolean): void {
  const problem = force ? undefined : pastProblem(until, now);
  if (problem !== undefined) throw usageError(problem);
}

function orWord<Word extends string, T>(word: Word, parse: (text: string) => T[]) {
  const parseAll = repeatable(parse);
  return (text: string, before?: T[] | Word): T[] | Word =>
    text === word ? word : parseAll(text, before === word ? [] : (before as T[] | undefined));
}

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
