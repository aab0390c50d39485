/** Where a command reads and writes: a terminal's streams, or a test's. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** Whether `error` is a terminal, where a line can be written over. */
  readonly errorIsTerminal: boolean;
  /** All of standard input. */
  input(): Promise<string>;
}

/** What a command says: results on standard output, everything else on standard error. */
export class Output {
  constructor(
    private readonly streams: Streams,
    readonly json: boolean,
  ) {}

  /** The result: one JSON document for machines, lines for people. */
  result(document: object, lines: readonly string[]): void {
    if (this.json) this.streams.out(`${JSON.stringify(document)}\n`);
    else this.streams.out(lines.map((line) => `${line}\n`).join(""));
  }

  warn(text: string): void {
    this.streams.error(`Warning: ${text}\n`);
  }

  /** How far a long command is. Replaces the last one on a terminal. */
  progress(text: string, isLast: boolean): void {
    const { errorIsTerminal } = this.streams;
    const end = isLast || !errorIsTerminal ? "\n" : "";
    this.streams.error(`${errorIsTerminal ? "\r\u001b[K" : ""}${text}${end}`);
  }
}
