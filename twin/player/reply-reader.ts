import type { Socket } from "node:net";

/** Takes FTP replies, one line or several, out of what a control connection brings. */
export class ReplyReader {
  private text = "";
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(socket: Socket) {
    socket.on("data", (chunk: Buffer) => {
      this.text += chunk.toString();
      this.wake();
    });
    socket.on("close", () => {
      this.closed = true;
      this.wake();
    });
  }

  /** The next reply; "(closed)" when the server has gone, "(no reply)" when none came in time. */
  async next(ms: number): Promise<string> {
    const deadline = Date.now() + ms;
    for (;;) {
      const end = endOfReply(this.text);
      if (end !== undefined) {
        const reply = this.text.slice(0, end).trimEnd().replaceAll("\r\n", "\n");
        this.text = this.text.slice(end);
        return reply;
      }
      if (this.closed) return "(closed)";
      const left = deadline - Date.now();
      if (left <= 0) return "(no reply)";
      await this.more(left);
    }
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

function endOfReply(text: string): number | undefined {
  const reply = /^\d{3} .*\r?\n/.exec(text) ?? /^(\d{3})-[^]*?\n\1 .*\r?\n/.exec(text);
  return reply?.[0].length;
}
