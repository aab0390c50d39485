import type { Socket } from "node:net";

/** Something a server, or the way to it, did not do as it should; the message never holds a password. */
export class FtpFailure extends Error {
  override readonly name = "FtpFailure";
}

/** The replies of a control connection, one after the other, each waited for until a deadline. */
export class Replies {
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
   * @param deadline milliseconds, by `performance.now()`
   * @throws FtpFailure when the connection has ended, or the deadline has passed
   */
  async next(deadline: number): Promise<string> {
    for (;;) {
      const length = lengthOfReply(this.text);
      if (length !== undefined) {
        const reply = this.text.slice(0, length);
        this.text = this.text.slice(length);
        return reply.trimEnd().replaceAll("\r\n", "\n");
      }
      if (this.ended !== undefined) throw new FtpFailure(this.ended);
      const left = deadline - performance.now();
      if (left <= 0) throw new FtpFailure("no reply in time");
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

/** One line, or several that begin with `123-` and end with `123 `; undefined while it is not whole. */
function lengthOfReply(text: string): number | undefined {
  const reply = /^\d{3} .*\r?\n/.exec(text) ?? /^(\d{3})-[^]*?\n\1 .*\r?\n/.exec(text);
  return reply?.[0].length;
}
