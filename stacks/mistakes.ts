/** Collects the mistakes of a configuration, one line each, for one message. */
export class Mistakes {
  readonly lines: string[] = [];

  /**
   * @param what - The key, for example `canal-ftp:vpcCidr`.
   * @param given - The value as given; undefined where it is missing or must not be shown (a password).
   * @param allowed - Which values are valid.
   */
  add(what: string, given: unknown, allowed: string): void {
    const shown = given === undefined ? "" : ` ${JSON.stringify(given)} given;`;
    const line = `${what}:${shown} allowed: ${allowed}`;
    if (!this.lines.includes(line)) this.lines.push(line);
  }
}

/** The whole message: a heading, and one line per mistake. */
export function describeMistakes(stack: string, lines: readonly string[]): string {
  const many = lines.length === 1 ? "1 mistake" : `${lines.length} mistakes`;
  return [
    `Pulumi.${stack}.yaml has ${many}; nothing was created:`,
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}
