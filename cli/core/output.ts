import type { CliContext } from "./context";

/** Prints a command's result to standard output, and everything else to standard error. */
export class Output {
  constructor(
    private readonly context: CliContext,
    readonly json: boolean,
  ) {}

  /** The result: one JSON document for machines, lines for people. */
  result(document: object, lines: readonly string[]): void {
    if (this.json) this.context.out(`${JSON.stringify(document)}\n`);
    else this.context.out(lines.map((line) => `${line}\n`).join(""));
  }

  warn(text: string): void {
    this.context.error(`Warning: ${text}\n`);
  }
}
