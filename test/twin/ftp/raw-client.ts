import { connect, type Socket } from "node:net";
import { testPassword, testUser } from "./support";

/** An FTP client that does nothing by itself: sends what it is given, in the given segments. */
export class RawClient {
  private text = "";
  private closed = false;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.on("data", (chunk: Buffer) => {
      this.text += chunk.toString();
      this.wake();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.closed = true;
      this.wake();
    });
  }

  /** Connects and reads the greeting, unless none is expected. */
  static async connect(
    port: number,
    localAddress = "127.0.0.1",
    greeted = true,
  ): Promise<RawClient> {
    const client = new RawClient(connect({ port, host: "127.0.0.1", localAddress }));
    if (greeted) await client.reply();
    return client;
  }

  static async login(port: number, localAddress?: string): Promise<RawClient> {
    const client = await RawClient.connect(port, localAddress);
    await client.send(`USER ${testUser}`);
    const reply = await client.send(`PASS ${testPassword}`);
    if (!reply.startsWith("230")) {
      throw new Error(reply);
    }
    return client;
  }

  /** Writes bytes as they are, waiting for no answer. */
  write(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** Sends one line and gives the whole reply. */
  async send(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next reply, lines joined by "\n" without the CRs; "(closed)" when the server has gone. */
  async reply(): Promise<string> {
    for (;;) {
      const end = endOfReply(this.text);
      if (end !== undefined) {
        const reply = this.text.slice(0, end);
        this.text = this.text.slice(end);
        return reply.slice(0, -2).replaceAll("\r\n", "\n");
      }
      if (this.closed) {
        return "(closed)";
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** The next reply, or undefined when none comes within the time. */
  async replyWithin(ms: number): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), ms);
    });
    const reply = await Promise.race([this.reply(), late]);
    clearTimeout(timer);
    return reply;
  }

  /** PASV's port. */
  async pasv(): Promise<number> {
    const reply = await this.send("PASV");
    const [high, low] =
      reply
        .match(/(\d+),(\d+)\)$/)
        ?.slice(1)
        .map(Number) ?? [];
    if (low === undefined) {
      throw new Error(reply);
    }
    return high * 256 + low;
  }

  /** PASV and a connection to the port it gave. */
  async openData(): Promise<Socket> {
    return dial(await this.pasv());
  }

  /** Uploads and gives the last reply. */
  async put(command: string, bytes: Buffer | string): Promise<string> {
    const data = await this.openData();
    const opening = await this.send(command);
    data.end(bytes);
    return opening.startsWith("150") ? this.reply() : opening;
  }

  /** Downloads or lists: what came over the data connection, and the last reply. */
  async get(command: string): Promise<{ bytes: Buffer; reply: string }> {
    const data = await this.openData();
    const received = readAll(data);
    const opening = await this.send(command);
    if (!opening.startsWith("150")) {
      data.destroy();
      return { bytes: Buffer.alloc(0), reply: opening };
    }
    return { bytes: await received, reply: await this.reply() };
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A data connection. Its errors are left to listeners of "close". */
export async function dial(port: number, localAddress = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return socket;
}

export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) {
    await new Promise((resolve) => socket.once("close", resolve));
  }
  return Buffer.concat(chunks);
}

/** Skips a test where 127.0.0.2 is no address of the machine without being set up. */
export function needsSecondAddress(context: Mocha.Context): void {
  if (process.platform !== "linux") {
    context.test!.title += " (needs 127.0.0.2)";
    context.skip();
  }
}

function endOfReply(text: string): number | undefined {
  const single = /^\d{3} .*\r\n/.exec(text) ?? /^(\d{3})-[^]*?\r\n\1 .*\r\n/.exec(text);
  return single?.[0].length;
}
