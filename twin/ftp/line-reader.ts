/** The result of reading one command line. */
export type Line =
  | { readonly kind: "line"; readonly text: string }
  /** The text has replacement characters for invalid bytes; the bytes are without the line ending. */
  | { readonly kind: "not-utf8"; readonly text: string; readonly bytes: Buffer }
  /** More than 1024 bytes; reported when the line ends, because an unfinished line is not a command yet. */
  | { readonly kind: "too-long" };

/** Bytes in a command line with its CRLF (Apache FtpServer 1.2.1, whose limit is MINA's). */
const longestLine = 1024;

const lineFeed = 0x0a;

/** Splits the chunks of a control connection into lines. A line ends with LF; a CR before it is removed. */
export class LineReader {
  private parts: Buffer[] = [];
  private length = 0;

  /**
   * The lines that this chunk completes. After a line that is not UTF-8 the rest of the chunk is dropped, as in the
   * model's decoder: pipelined commands after such a line receive no reply.
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
      // The length is sufficient to reject the line; its bytes are not kept.
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
