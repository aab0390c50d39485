import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** What the server does at a command: replies, and perhaps something with the data connection. */
export type Answer = (session: ScriptedSession, argument: string) => void;

/** One control connection of the server, with the data connection that was asked for last. */
export interface ScriptedSession {
  readonly control: Socket;
  reply(text: string): void;
  /** Sends the bytes on the data connection and closes it. */
  sendData(bytes: Buffer): void;
  /** Takes what comes on the data connection until the client closes it. */
  takeData(then: (bytes: Buffer) => void): void;
}

/** An FTP server that holds one file, and answers single commands as a test sets. */
export class ScriptedServer {
  /** Every command line as it came. */
  readonly commands: string[] = [];
  stored: Buffer = Buffer.alloc(0);
  name = "";
  readonly answers: Record<string, Answer> = {};
  greeting = "220 ready";
  port = 0;
  private readonly sockets = new Set<Socket>();
  private readonly servers: Server[] = [];

  async open(): Promise<this> {
    this.port = await this.listen((control) => this.serve(control));
    return this;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
  }

  private async listen(serve: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      serve(socket);
    });
    this.servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  private serve(control: Socket): void {
    let data: Promise<Socket> | undefined;
    const session: ScriptedSession = {
      control,
      reply: (text) => void control.write(`${text}\r\n`),
      sendData: (bytes) => void data?.then((socket) => socket.end(bytes)),
      takeData: (then) =>
        void data?.then((socket) => {
          const chunks: Buffer[] = [];
          socket.on("data", (chunk: Buffer) => chunks.push(chunk));
          socket.on("end", () => then(Buffer.concat(chunks)));
        }),
    };
    const usual: Record<string, Answer> = {
      USER: () => session.reply("331 password"),
      PASS: () => session.reply("230 in"),
      TYPE: () => session.reply("200 ok"),
      PASV: () => {
        data = new Promise((resolve) => {
          void this.listen(resolve).then((port) => {
            session.reply(`227 Passive (127,0,0,1,${port >> 8},${port & 255})`);
          });
        });
      },
      STOR: (_session, name) => {
        session.reply("150 go");
        session.takeData((bytes) => {
          [this.name, this.stored] = [name, bytes];
          session.reply("226 done");
        });
      },
      LIST: () => {
        session.reply("150 go");
        session.sendData(Buffer.from(`-rw------- 1 - - 9 Nov 26 03:00 ${this.name}\r\n`));
        session.reply("226 done");
      },
      RETR: () => {
        session.reply("150 go");
        session.sendData(this.stored);
        session.reply("226 done");
      },
      DELE: () => session.reply("250 gone"),
      QUIT: () => session.reply("221 bye"),
    };
    if (this.greeting !== "") session.reply(this.greeting);
    let text = "";
    control.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const lines = text.split("\r\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        this.commands.push(line);
        const [verb, ...rest] = line.split(" ");
        (this.answers[verb] ?? usual[verb])(session, rest.join(" "));
      }
    });
  }
}
