import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { Readable } from "node:stream";

import { Client } from "basic-ftp";

import type { MessageFolder } from "../../../twin/queue/message-folder";
import { messagesOf, queuePairs } from "../../../twin/queue/queues";
import { startTwinProcess, type TwinProcess } from "../../support/twin-process";
import { until } from "../../support/until";

export type Row = Readonly<Record<string, unknown>>;

const user = { name: "camera01", password: "k3Jd82hsQp0xYtz" };

/** A twin in a process of its own, and the files in its folder that show what becomes of uploads. */
export class UploadTwin {
  private constructor(
    readonly process: TwinProcess,
    readonly data: string,
  ) {}

  /**
   * @param data - Folder that remains after the twin.
   * @param root - Folder of a copy of the program. Default: the project.
   */
  static async start(data: string, root?: string): Promise<UploadTwin> {
    const args = ["--user", `${user.name}:${user.password}`];
    return new UploadTwin(await startTwinProcess(args, { data, root }), data);
  }

  stop(signal?: NodeJS.Signals): Promise<number | null> {
    return this.process.stop(signal);
  }

  async session<T>(act: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client(10_000);
    try {
      const { host, port } = this.process.ready.ftp;
      await client.access({ host, port, user: user.name, password: user.password });
      return await act(client);
    } finally {
      client.close();
    }
  }

  async store(name: string, contents: Buffer): Promise<void> {
    await this.session((client) => client.uploadFrom(Readable.from([contents]), name));
  }

  /** Sends these bytes, then resets the data connection, as a modem that loses its network. */
  async cut(name: string, contents: Buffer): Promise<void> {
    await this.session(async (client) => {
      const { message } = await client.send("PASV");
      const [, high, low] = /,(\d+),(\d+)\)/.exec(message)!;
      const data = net.connect(Number(high) * 256 + Number(low), this.process.ready.ftp.host);
      data.on("error", () => undefined);
      await client.send(`STOR ${name}`);
      await new Promise<void>((resolve) => data.write(contents, () => resolve()));
      data.resetAndDestroy();
      await until("the twin knows that it was cut", () =>
        this.events().some((text) => text.includes(`/${name}"`)),
      );
    });
  }

  get queue(): MessageFolder {
    return messagesOf(this.data, this.pair.queue);
  }

  get deadLetters(): MessageFolder {
    return messagesOf(this.data, this.pair.deadLetters);
  }

  /** The rows of the log with their files, relative to the log's folder. */
  rowFiles(): { readonly file: string; readonly row: Row }[] {
    const log = this.process.ready.uploadLog!;
    const all = fs.existsSync(log) ? (fs.readdirSync(log, { recursive: true }) as string[]) : [];
    return all
      .filter((file) => file.endsWith(".json"))
      .map((file) => ({
        file,
        row: JSON.parse(fs.readFileSync(path.join(log, file), "utf8")) as Row,
      }));
  }

  rows(): Row[] {
    return this.rowFiles().map(({ row }) => row);
  }

  /** The row of a file in the user's home, once it exists. */
  rowOf(name: string): Promise<{ file: string; row: Row }> {
    return until(
      `there is a row of ${name}`,
      () => this.rowFiles().find(({ row }) => row.key === `users/${user.name}/${name}`),
      { why: () => this.process.stderr() },
    );
  }

  /** The function's output, line by line. */
  printed(): Row[] {
    return linesOf(path.join(this.data, "logs", "upload-events.log")).map(
      (line) => JSON.parse(line) as Row,
    );
  }

  /** The line that counts the upload of a key, once it exists. */
  counted(key: string): Promise<Row> {
    return until(`the function logs ${key}`, () =>
      this.printed().find((line) => line.key === key && line.kind === "logged"),
    );
  }

  /** The events sent so far. */
  events(): string[] {
    return linesOf(path.join(this.data, "events.jsonl"));
  }

  /** Waits until no message is left. */
  async isIdle(): Promise<void> {
    await until("the queue is empty", () => this.queue.names().length === 0, {
      why: () => this.process.stderr(),
    });
  }

  /** Waits until the only messages are the given number of dead letters. */
  async waitForDeadLetters(count: number): Promise<void> {
    await until(`${count} dead letters`, () => this.deadLetters.names().length === count, {
      why: () => this.process.stderr(),
    });
    await this.isIdle();
  }

  private get pair() {
    return queuePairs(this.data)![0];
  }
}

/** Complete lines of a file; none without a file. */
function linesOf(file: string): string[] {
  if (!fs.existsSync(file)) return [];
  return fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
}
