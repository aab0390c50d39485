import * as fs from "node:fs";

import { exitCodes, UserError } from "../core/errors";
import { formatCsv, parseCsv } from "./csv";

/**
 * A file of generated passwords that only its owner can read, with a line `name,password` each. A password is written
 * to it before its hash is written to the table, so that every valid password is known.
 */
export class PasswordFile {
  private constructor(
    private readonly file: string,
    private readonly descriptor: number,
  ) {}

  /**
   * Opens the file to append to it, or creates it.
   *
   * @throws UserError when others can read it, or it cannot be written.
   */
  static open(file: string): PasswordFile {
    let descriptor: number;
    try {
      descriptor = fs.openSync(file, "a+", 0o600);
    } catch (error) {
      throw new UserError(
        `${file} cannot be written: ${(error as Error).message}`,
        exitCodes.failed,
        "password-file",
      );
    }
    const { mode, size } = fs.fstatSync(descriptor);
    // Windows has no such bits, and reports them as set.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      fs.closeSync(descriptor);
      const bits = (mode & 0o777).toString(8);
      throw new UserError(
        `${file} can be read by others (mode ${bits}): chmod 600 it, or name another file.`,
        exitCodes.failed,
        "password-file",
      );
    }
    const opened = new PasswordFile(file, descriptor);
    if (size === 0) opened.append(formatCsv(["name", "password"]));
    return opened;
  }

  /** The passwords in the file by name; the last one of a name with several. */
  read(): Map<string, string> {
    const { size } = fs.fstatSync(this.descriptor);
    const text = Buffer.alloc(size);
    fs.readSync(this.descriptor, text, 0, size, 0);
    const [, ...records] = parseCsv(text.toString("utf8"));
    return new Map(records.map(({ fields: [name, password = ""] }) => [name, password]));
  }

  /**
   * Adds a password. On return it is on the disk.
   *
   * @throws UserError when it could not be written completely; then no part of it is in the file
   */
  add(name: string, password: string): void {
    this.append(formatCsv([name, password]));
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }

  private append(line: string): void {
    const { size } = fs.fstatSync(this.descriptor);
    const bytes = Buffer.from(line);
    try {
      // A write to a full disk can end early without an error.
      for (let written = 0; written < bytes.length;) {
        written += fs.writeSync(this.descriptor, bytes, written);
      }
      fs.fdatasyncSync(this.descriptor);
    } catch (error) {
      fs.ftruncateSync(this.descriptor, size);
      throw new UserError(
        `${this.file} cannot be written: ${(error as Error).message}. Every valid password is in the file.`,
        exitCodes.failed,
        "password-file",
      );
    }
  }
}
