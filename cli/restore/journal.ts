import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** The completed steps of an interrupted restore, in a file of this machine, so that the next run skips them. */
export class Journal {
  private readonly done: Set<string>;

  private constructor(private readonly file: string) {
    const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    this.done = new Set(text.split("\n").filter((line) => line !== ""));
  }

  /** @param subject - Identifies the restore: bucket, prefix and time. */
  static open(subject: readonly string[], folder = os.tmpdir()): Journal {
    const name = createHash("sha256").update(JSON.stringify(subject)).digest("hex").slice(0, 16);
    return new Journal(path.join(folder, `canal-ftp-restore-${name}`));
  }

  has(versionId: string, key: string): boolean {
    return this.done.has(lineOf(versionId, key));
  }

  add(versionId: string, key: string): void {
    fs.appendFileSync(this.file, `${lineOf(versionId, key)}\n`, { mode: 0o600 });
  }

  remove(): void {
    fs.rmSync(this.file, { force: true });
  }
}

const lineOf = (versionId: string, key: string) => JSON.stringify([versionId, key]);
