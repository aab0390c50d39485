import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { TimedEvent } from "../compatibility/finding";
import { formatEvent } from "./format";

/** Records the events of the endpoint in a text file for `canal-ftp replay`. */
export class Recorder {
  private readonly start: number;

  private failure: Error | undefined;

  private constructor(
    private readonly file: WriteStream,
    started: Date,
    onFault: (text: string) => void,
  ) {
    this.start = started.getTime();
    file.on("error", (error) => {
      this.failure = error;
      onFault(`The recording ends here, ${String(file.path)} cannot be written: ${error.message}.`);
    });
    file.write(
      `# Recorded by canal-ftp's twin, ${started.toISOString()}; seconds count from here.\n`,
    );
  }

  /** Rejects when the file cannot be written; an older recording is replaced. */
  static async open(
    path: string,
    started: Date,
    onFault: (text: string) => void,
  ): Promise<Recorder> {
    const file = createWriteStream(path, { mode: 0o600 });
    await once(file, "open");
    return new Recorder(file, started, onFault);
  }

  record({ at, event }: TimedEvent): void {
    const line = formatEvent({ at: Math.max(0, at - this.start), event });
    if (line !== undefined && this.failure === undefined) {
      this.file.write(`${line}\n`);
    }
  }

  async close(): Promise<void> {
    if (this.failure !== undefined) return;
    this.file.end();
    // A failure was reported.
    await finished(this.file).catch(() => undefined);
  }
}
