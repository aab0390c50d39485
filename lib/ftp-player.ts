import { connect, type Socket } from "node:net";
import { FtpReplies, NoReply } from "./ftp-replies";

/** Commands that use the data connection. */
const dataCommands = /^(STOR|STOU|APPE|RETR|LIST|NLST|MLSD)\b/i;

/** The result of one command. */
export interface PlayResult {
  /** Every reply, lines joined by "\n"; "(no reply)" and "(closed)" for missing ones. */
  readonly replies: readonly string[];
  /** The data received over the data connection. */
  readonly received?: Buffer;
  /** Milliseconds from the command to the first byte of it. */
  readonly firstByteMs?: number;
}

/** Sends a recorded FTP dialogue line by line, with as much of FTP as that requires. */
export class FtpPlayer {
  private readonly source: FtpReplies;
  private data: Socket | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
    private readonly replyMs: number,
  ) {
    this.source = new FtpReplies(socket);
  }

  /** Connects; the greeting is the first reply. Rejects if the connection fails. */
  static async connect(
    host: string,
    port: number,
    replyMs = 30_000,
  ): Promise<{ player: FtpPlayer; greeting: string }> {
    const socket = connect({ host, port, timeout: replyMs });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
      socket.once("timeout", () => reject(new Error(`${host}:${port} does not answer.`)));
    });
    socket.on("error", () => undefined);
    const player = new FtpPlayer(socket, host, replyMs);
    return { player, greeting: await player.reply() };
  }

  /** Sends a line and returns its result. After a 227 or 229 the data connection is opened immediately. */
  async play(line: string | Buffer, upload: Buffer = Buffer.alloc(0)): Promise<PlayResult> {
    const sentAt = performance.now();
    this.socket.write(Buffer.concat([Buffer.from(line), Buffer.from("\r\n")]));
    const first = await this.reply();
    const port = passivePort(first);
    if (port !== undefined) {
      this.data?.destroy();
      this.data = await dial(this.host, port, this.replyMs);
    }
    if (!dataCommands.test(String(line))) {
      return { replies: [first] };
    }
    const data = this.data;
    this.data = undefined;
    if (!first.startsWith("1")) {
      data?.destroy();
      return { replies: [first] };
    }
    const storing = /^(STO|APP)/i.test(String(line));
    let firstByteMs: number | undefined;
    data?.once("data", () => (firstByteMs = performance.now() - sentAt));
    const [received, last] = await Promise.all([
      transfer(data, storing, upload, this.replyMs),
      this.ended(data),
    ]);
    data?.destroy();
    return { replies: [first, last], received, firstByteMs };
  }

  close(): void {
    this.data?.destroy();
    this.socket.destroy();
  }

  /** The last reply of a transfer. After a failure, the end of the data connection is not awaited. */
  private async ended(data: Socket | undefined): Promise<string> {
    const reply = await this.reply();
    if (!reply.startsWith("2")) data?.destroy();
    return reply;
  }

  private async reply(): Promise<string> {
    try {
      return await this.source.next(performance.now() + this.replyMs);
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
      return error.isLate ? "(no reply)" : "(closed)";
    }
  }
}

function passivePort(reply: string): number | undefined {
  const extended = /^229 .*\|\|\|(\d+)\|/.exec(reply);
  const numbers = /^227 .*,(\d+),(\d+)\)/.exec(reply);
  if (extended) return Number(extended[1]);
  return numbers ? Number(numbers[1]) * 256 + Number(numbers[2]) : undefined;
}

/** Connects to the control connection's host, as most clients do. */
async function dial(host: string, port: number, ms: number): Promise<Socket | undefined> {
  const socket = connect({ host, port });
  socket.on("error", () => undefined);
  const timer = setTimeout(() => socket.destroy(), ms);
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  clearTimeout(timer);
  return socket.destroyed ? undefined : socket;
}

async function transfer(
  data: Socket | undefined,
  storing: boolean,
  upload: Buffer,
  silentMs: number,
): Promise<Buffer | undefined> {
  if (data === undefined) return undefined;
  data.setTimeout(silentMs, () => data.destroy());
  const chunks: Buffer[] = [];
  data.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (storing) data.end(upload);
  if (!data.closed) await new Promise((resolve) => data.once("close", resolve));
  return storing ? undefined : Buffer.concat(chunks);
}
