import { appendFileSync, mkdirSync } from "node:fs";
import * as path from "node:path";

/**
 * A file to which texts are appended. A disk failure must not interrupt the logged operation: the first lost text is
 * reported, and at the end of the failure the number of lost texts.
 */
export class LogFile {
  private lost = 0;

  constructor(
    private readonly file: string,
    private readonly onFault: (text: string) => void,
  ) {}

  /** Appends a text; false when it is lost. */
  append(text: string): boolean {
    try {
      // A write that failed may have left the beginning of a line.
      this.write(this.lost > 0 ? `\n${text}` : text);
    } catch (error) {
      if (this.lost === 0) {
        this.onFault(
          `${this.file} cannot be written: ${(error as Error).message}. The service continues without it.`,
        );
      }
      this.lost++;
      return false;
    }
    if (this.lost > 0) {
      this.onFault(`${this.file} can be written again; ${this.lost} entries are missing.`);
      this.lost = 0;
    }
    return true;
  }

  private write(text: string): void {
    try {
      appendFileSync(this.file, text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      // The folder was removed.
      mkdirSync(path.dirname(this.file), { recursive: true });
      appendFileSync(this.file, text);
    }
  }
}
