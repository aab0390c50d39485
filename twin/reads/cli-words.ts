/** A command line of the AWS or SORACOM CLI, taken apart. */
export interface CliWords {
  /** The two words that name the operation, such as `ec2 describe-route-tables`. */
  readonly operation: string;
  /** The value of a flag such as `--server-id`. */
  flag(name: string): string;
  /** The values of a flag that takes several. */
  flags(name: string): string[];
  /** The values of `--filters Name=…,Values=…`; undefined when there is no such filter. */
  filter(name: string): string[] | undefined;
}

export function readWords(args: readonly string[]): CliWords {
  const flags = (name: string): string[] => {
    const start = args.indexOf(`--${name}`) + 1;
    if (start === 0) return [];
    const length = args.slice(start).findIndex((word) => word.startsWith("--"));
    return args.slice(start, length < 0 ? undefined : start + length);
  };
  return {
    operation: args.slice(0, 2).join(" "),
    flag: (name) => flags(name)[0] ?? "",
    flags,
    filter: (name) => {
      const filters = flags("filters").map((text) => /^Name=(.*),Values=(.*)$/.exec(text));
      return filters.find((match) => match?.[1] === name)?.[2].split(",");
    },
  };
}
