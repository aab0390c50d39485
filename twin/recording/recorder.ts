import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { TimedEvent } from "../compatibility/finding";
import { formatEvent } from "./format";

/** Writes what happens at the endpoint to a file that can be read, sent on and played again. */
export class Recorder {
  private readonly start: number;

  private constructor(
    private readonly file: WriteStream,
    started: Date,
  ) {
    this.start = started.getTime();
    file.write(
      `# Recorded by canal-ftp's twin, ${started.toISOString()}; seconds count from here.\n`,
    );
  }

  /** Rejects when the file cannot be written; an older recording is replaced. */
  static async open(path: string, started: Date): Promise<Recorder> {
    const file = createWriteStream(path, { mode: 0o600 });
    await once(file, "open");
    return new Recorder(file, started);
  }

  take({ at, event }: TimedEvent): void {
    const line = formatEvent({ at: Math.max(0, at - this.start), event });
    if (line !== undefined) {
      this.file.write(`${line}\n`);
    }
  }

  async close(): Promise<void> {
    this.file.end();
    await finished(this.file);
  }
}
