import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { asideNames } from "./aside";
import { errorCode } from "./disk-error";
import { keyParts } from "./key-path";

/** A file being filled in the staging folder. */
export interface StagedFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * Where uploads grow until they are whole. Every upload has a folder of its own with the key's path in it,
 * staging/<id>/<key>: after a kill the key of a leftover is still known.
 */
export class StagingArea {
  /** Both folders must be there, on one disk with the bucket's: files move between them by rename. */
  constructor(
    private readonly staging: string,
    private readonly partial: string,
  ) {}

  /** Keeps as partial what an earlier run left half-way. */
  async recover(): Promise<void> {
    for (const upload of await readdir(this.staging, { withFileTypes: true })) {
      if (!upload.isDirectory()) {
        continue;
      }
      const folder = join(this.staging, upload.name);
      const leftovers = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const leftover of leftovers.filter((entry) => entry.isFile())) {
        await this.keep(join(leftover.parentPath, leftover.name));
      }
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** An empty file to write an upload of this key into. */
  async create(key: string): Promise<StagedFile> {
    const id = randomBytes(8).toString("hex");
    const path = join(this.staging, id, ...keyParts(key));
    try {
      await mkdir(dirname(path), { recursive: true });
      return { path, handle: await open(path, "wx") };
    } catch (error) {
      await this.forget(path);
      throw error;
    }
  }

  /** Moves a staged file to partial/<key>.<time>; the name never meets that of an earlier one. */
  async keep(path: string): Promise<void> {
    const [, ...parts] = relative(this.staging, path).split(sep);
    const name = parts.pop() ?? "";
    const folder = join(this.partial, ...parts);
    await mkdir(folder, { recursive: true });
    await rename(path, await claim(folder, name));
    await this.forget(path);
  }

  /** Removes what is left of an upload after its file has moved away, or the file with it. */
  async forget(path: string): Promise<void> {
    const [id = ""] = relative(this.staging, path).split(sep);
    await rm(join(this.staging, id), { recursive: true, force: true });
  }
}

/** Makes an empty file under a free name, so that no other upload cut in the same millisecond takes it. */
async function claim(folder: string, name: string): Promise<string> {
  for (const free of asideNames(name)) {
    const path = join(folder, free);
    try {
      await (await open(path, "wx")).close();
      return path;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") {
        throw error;
      }
    }
  }
  throw new Error(`There is no free name for ${name}.`);
}
