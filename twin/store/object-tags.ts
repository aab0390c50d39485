import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";

export type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly key: string;
  readonly etag: string;
  readonly tags: Tags;
}

/** Tags of a bucket's objects, one file each. Tags belong to one version: a replaced object has none. */
export class ObjectTags {
  constructor(private readonly folder: string) {}

  async get(key: string, etag: string): Promise<Tags> {
    try {
      const found = JSON.parse(await readFile(this.fileOf(key), "utf8")) as Tagged;
      return found.etag === etag ? found.tags : {};
    } catch {
      return {};
    }
  }

  async put(key: string, etag: string, tags: Tags): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const tagged: Tagged = { key, etag, tags };
    await writeFile(this.fileOf(key), `${JSON.stringify(tagged)}\n`);
  }

  /** A key can be longer than a file's name, and "a" and "a/b" can both be keys. */
  private fileOf(key: string): string {
    const name = createHash("sha256").update(key).digest("hex").slice(0, 32);
    return path.join(this.folder, `${name}.json`);
  }
}
