import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** A message in its file. */
export interface StoredMessage {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly sent: number;
  /** How often it was received. */
  readonly receives: number;
  readonly body: string;
}

/**
 * Messages as files in a folder, one each, in the order they were sent. They persist between starts and can be read
 * with any tool. A file is written completely or not at all.
 */
export class MessageFolder {
  /** Distinguishes messages of the same millisecond. */
  private added = 0;

  constructor(readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Names of the files, the oldest message first. */
  names(): string[] {
    // The folder may have been removed while the twin runs.
    fs.mkdirSync(this.folder, { recursive: true });
    return fs
      .readdirSync(this.folder)
      .filter((name) => name.endsWith(".json"))
      .sort();
  }

  /** Adds a message. It is stored when the call returns. Returns the file's name. */
  add(body: string, sent: number, id: string = randomUUID()): string {
    const order = [String(sent).padStart(15, "0"), String(this.added++).padStart(6, "0")];
    const name = `${[...order, id].join("-")}.json`;
    this.write(name, { id, sent, receives: 0, body });
    return name;
  }

  /** Undefined when the message does not exist. */
  read(name: string): StoredMessage | undefined {
    try {
      return JSON.parse(fs.readFileSync(path.join(this.folder, name), "utf8")) as StoredMessage;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  write(name: string, message: StoredMessage): void {
    const file = path.join(this.folder, name);
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(message)}\n`);
    fs.renameSync(`${file}.new`, file);
  }

  remove(name: string): void {
    fs.rmSync(path.join(this.folder, name), { force: true });
  }

  /** Moves a message. If the process is killed meanwhile, the message may be in both folders, but is never lost. */
  move(name: string, to: MessageFolder, receives?: number): void {
    const message = this.read(name);
    if (message === undefined) return;
    to.write(name, { ...message, receives: receives ?? message.receives });
    this.remove(name);
  }
}
