/** The parts of a command line of the SORACOM CLI. */
export interface CliWords {
  /** The two words that name the operation, such as `vpg get`. */
  readonly operation: string;
  /** The value of a flag such as `--vpg-id`; empty without it. */
  flag(name: string): string;
}

export function readWords(args: readonly string[]): CliWords {
  return {
    operation: args.slice(0, 2).join(" "),
    flag: (name) =>
      (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined) ?? "",
  };
}
