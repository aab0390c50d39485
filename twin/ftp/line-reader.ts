/** What the bytes of one command line turned out to be. */
export type Line =
  | { readonly kind: "line"; readonly text: string }
  /** The text has a replacement character for what could not be read; the bytes are without the line's end. */
  | { readonly kind: "not-utf8"; readonly text: string; readonly bytes: Buffer }
  /** More than 1024 bytes; reported when the line ends, as a line without end is no command yet. */
  | { readonly kind: "too-long" };

/** Bytes in a command line with its CRLF (Apache FtpServer 1.2.1, whose limit is MINA's). */
const longestLine = 1024;

const lineFeed = 0x0a;

/** Makes lines of the chunks of a control connection. A line ends with LF; a CR before it is no part of it. */
export class LineReader {
  private parts: Buffer[] = [];
  private length = 0;

  /**
   * The lines that this chunk completes. After a line that is not UTF-8 the rest of the chunk is dropped: the
   * model's decoder gives up on what it was handed, and clients do see pipelined commands vanish.
   */
  *push(chunk: Buffer): Generator<Line, void> {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(lineFeed, start) + 1;
      this.add(chunk.subarray(start, end === 0 ? undefined : end));
      if (end === 0) {
        return;
      }
      start = end;
      const line = this.take();
      yield line;
      if (line.kind === "not-utf8") {
        return;
      }
    }
  }

  private add(part: Buffer): void {
    this.length += part.length;
    if (this.length > longestLine) {
      // The count alone says what the line is; its bytes would only fill memory.
      this.parts = [];
    } else {
      this.parts.push(part);
    }
  }

  private take(): Line {
    const tooLong = this.length > longestLine;
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    this.length = 0;
    if (tooLong) {
      return { kind: "too-long" };
    }
    try {
      return { kind: "line", text: withoutEnd(utf8.decode(bytes)) };
    } catch {
      const line = Buffer.from(withoutEnd(bytes.toString("latin1")), "latin1");
      return { kind: "not-utf8", text: line.toString(), bytes: line };
    }
  }
}

function withoutEnd(line: string): string {
  return line.replace(/\r*\n$/, "");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
