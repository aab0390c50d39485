import * as fs from "node:fs";
import * as path from "node:path";

/** The secrets of Secrets Manager: one file each, named after the secret, which only its owner can read. */
export class Secrets {
  constructor(private readonly folder: string) {}

  put(name: string, text: string): void {
    const file = this.fileOf(name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text, { mode: 0o600 });
  }

  /** The secret's text; undefined when there is no such secret. */
  get(name: string): string | undefined {
    const file = this.fileOf(name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  }

  /** A slash in a name separates folders; the other characters AWS allows can be part of a file name. */
  private fileOf(name: string): string {
    const isValid = name
      .split("/")
      .every((part) => /^[\w@+=.-]+$/.test(part) && !/^\.+$/.test(part));
    if (!isValid) {
      throw new Error(
        `${JSON.stringify(name)} is not a secret's name: use letters, digits and _@+=.-, with / between parts.`,
      );
    }
    return path.join(this.folder, `${name}.json`);
  }
}
