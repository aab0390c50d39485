import { connect, type Socket } from "node:net";

import { FtpReplies } from "../../lib/ftp-replies";
import { bytesOf, type TransferResult, receive, send } from "./data-connection";
import { FtpFailure } from "./ftp-failure";

/**
 * The subset of FTP that an uploading device needs: passive mode, binary, one connection. As many devices do, it
 * connects to the address that PASV announces and not to the address of the control connection.
 */
export class FtpClient {
  private readonly replies: FtpReplies;

  private constructor(
    private readonly socket: Socket,
    /** The deadline for the whole session, by `performance.now()`. */
    private readonly deadline: number,
  ) {
    this.replies = new FtpReplies(socket);
  }

  /**
   * Connects, and waits for the greeting.
   *
   * @param milliseconds time limit of the whole session, from here to the last reply
   * @throws FtpFailure, as every method here
   */
  static async connect(host: string, port: number, milliseconds: number): Promise<FtpClient> {
    const deadline = performance.now() + milliseconds;
    const socket = await dial(host, port, deadline);
    const client = new FtpClient(socket, deadline);
    try {
      await client.expect("greeting", "2");
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  async login(user: string, password: string): Promise<void> {
    await this.command(`USER ${user}`, "3");
    await this.command(`PASS ${password}`, "2");
    await this.command("TYPE I", "2");
  }

  /** Stores the bytes; on return the server has confirmed all of them. */
  async store(name: string, bytes: Buffer): Promise<void> {
    await this.transfer(`STOR ${name}`, (data) => send(data, bytes, this.deadline));
  }

  async retrieve(name: string): Promise<Buffer> {
    return this.transfer(`RETR ${name}`, (data) => receive(data, this.deadline));
  }

  /** Lines of the folder's listing. */
  async list(): Promise<string[]> {
    const text = await this.transfer("LIST", (data) => receive(data, this.deadline));
    return text.toString().split(/\r?\n/).filter(Boolean);
  }

  async delete(name: string): Promise<void> {
    await this.command(`DELE ${name}`, "2");
  }

  async quit(): Promise<void> {
    await this.command("QUIT", "2");
  }

  close(): void {
    this.socket.destroy();
  }

  /** A command with its data connection; the server's last reply takes precedence over the end of the connection. */
  private async transfer(
    line: string,
    move: (data: Socket) => Promise<TransferResult>,
  ): Promise<Buffer> {
    const [verb] = line.split(" ");
    const data = await this.passive();
    try {
      await this.command(line, "1");
      const moved = await move(data);
      await this.expect(verb, "2");
      return bytesOf(moved);
    } finally {
      data.destroy();
    }
  }

  private async passive(): Promise<Socket> {
    const reply = await this.command("PASV", "2");
    const numbers = /\((\d+),(\d+),(\d+),(\d+),(\d+),(\d+)\)/.exec(reply)?.slice(1).map(Number);
    if (!numbers) throw new FtpFailure(`the reply to PASV has no address: ${reply}`);
    const [a, b, c, d, high, low] = numbers;
    return dial(`${a}.${b}.${c}.${d}`, high * 256 + low, this.deadline);
  }

  private async command(line: string, digit: string): Promise<string> {
    const [verb] = line.split(" ");
    this.socket.write(`${line}\r\n`);
    return this.expect(verb, digit);
  }

  /** The next reply, which must begin with the digit. */
  private async expect(what: string, digit: string): Promise<string> {
    const reply = await this.replies.next(this.deadline).catch((error: Error) => {
      throw new FtpFailure(`${what}: ${error.message}`);
    });
    if (!reply.startsWith(digit)) throw new FtpFailure(`${what}: reply ${reply}`);
    return reply;
  }
}

function dial(host: string, port: number, deadline: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (why: string) => {
      socket.destroy();
      reject(new FtpFailure(`no connection to ${host}:${port}: ${why}`));
    };
    // An error before there is a listener is reported by the close.
    socket.on("error", () => undefined);
    const timer = setTimeout(
      () => fail("no answer in time"),
      Math.max(0, deadline - performance.now()),
    );
    socket.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(error.code ?? error.message);
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}
