import * as fs from "node:fs";
import * as path from "node:path";

/** Secrets Manager's secrets, each a file that only its owner can read: name and text, as `aws secretsmanager` shows them. */
export class Secrets {
  constructor(private readonly folder: string) {}

  put(name: string, text: string): void {
    const file = this.fileOf(name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text, { mode: 0o600 });
  }

  /** The secret's text; undefined when there is none of this name. */
  get(name: string): string | undefined {
    const file = this.fileOf(name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  }

  /** Slashes in a name are folders here; AWS's other characters are fine in file names. */
  private fileOf(name: string): string {
    const isFine = name
      .split("/")
      .every((part) => /^[\w@+=.-]+$/.test(part) && !/^\.+$/.test(part));
    if (!isFine) throw new Error(`${name} is no name of a secret`);
    return path.join(this.folder, `${name}.json`);
  }
}
