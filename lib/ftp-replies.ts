import type { Socket } from "node:net";

/** There is no further reply; the message has the reason. */
export class NoReply extends Error {
  override readonly name = "NoReply";

  constructor(
    message: string,
    /** True if the connection is open and only the deadline has passed. */
    readonly isLate: boolean,
  ) {
    super(message);
  }
}

/** Reads the replies of an FTP control connection in order, each up to a deadline. */
export class FtpReplies {
  private text = "";
  private ended: string | undefined;
  private wake: () => void = () => undefined;

  constructor(socket: Socket) {
    socket.on("data", (chunk: Buffer) => {
      this.text += chunk.toString();
      this.wake();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => this.end(error.code ?? error.message));
    socket.on("close", () => this.end("the server closed the connection"));
  }

  /**
   * The next reply, its lines joined by "\n".
   *
   * @param deadline - Milliseconds, by `performance.now()`.
   * @throws NoReply when the connection has ended, or the deadline has passed.
   */
  async next(deadline: number): Promise<string> {
    for (;;) {
      const length = lengthOfReply(this.text);
      if (length !== undefined) {
        const reply = this.text.slice(0, length);
        this.text = this.text.slice(length);
        return reply.trimEnd().replaceAll("\r\n", "\n");
      }
      if (this.ended !== undefined) throw new NoReply(this.ended, false);
      const left = deadline - performance.now();
      if (left <= 0) throw new NoReply("no reply in time", true);
      await this.more(left);
    }
  }

  private end(how: string): void {
    this.ended ??= how;
    this.wake();
  }

  private async more(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** One line, or several that begin with `123-` and end with `123 `; undefined while it is incomplete. */
function lengthOfReply(text: string): number | undefined {
  const reply = /^\d{3} .*\r?\n/.exec(text) ?? /^(\d{3})-[^]*?\n\1 .*\r?\n/.exec(text);
  return reply?.[0].length;
}
