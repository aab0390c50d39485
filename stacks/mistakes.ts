/** Collects what is wrong with a configuration, one line a mistake, so that one message has all of it. */
export class Mistakes {
  readonly lines: string[] = [];

  /**
   * @param what the key, for example `canal-ftp:vpcCidr`
   * @param given the value as given; pass undefined where it must not be shown (a password) or is not there
   * @param allowed what would be right
   */
  add(what: string, given: unknown, allowed: string): void {
    const shown = given === undefined ? "" : ` ${JSON.stringify(given)} given;`;
    this.lines.push(`${what}:${shown} allowed: ${allowed}`);
  }
}

/** The whole message, with a line for each mistake below its first. */
export function describeMistakes(stack: string, lines: readonly string[]): string {
  const many = lines.length === 1 ? "1 mistake" : `${lines.length} mistakes`;
  return [
    `Pulumi.${stack}.yaml has ${many}; nothing was evaluated or created:`,
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}
