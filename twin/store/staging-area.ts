import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { takeKeptName } from "./kept-name";
import { keyParts } from "./key-path";

/** A file being written in the staging folder. */
export interface StagedFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * The folder for uploads until they are complete. Every upload has its own folder with the key's path in it,
 * staging/<id>/<key>, so that the key of an interrupted upload is known after the process is killed.
 */
export class StagingArea {
  /** Both folders must exist, on the same disk as the bucket's: files move between them by rename. */
  constructor(
    private readonly staging: string,
    private readonly partial: string,
  ) {}

  /** Moves the interrupted uploads of an earlier run to the partial files. */
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

  /** Creates an empty file for an upload of this key. */
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

  /** Moves a staged file to partial/<key>.<time>; the name differs from those of earlier files. */
  async keep(path: string): Promise<void> {
    const [, ...parts] = relative(this.staging, path).split(sep);
    const name = parts.pop() ?? "";
    const folder = join(this.partial, ...parts);
    await mkdir(folder, { recursive: true });
    // An empty file reserves the name against uploads that are interrupted in the same millisecond.
    const free = await takeKeptName(name, async (each) => {
      await (await open(join(folder, each), "wx")).close();
    });
    await rename(path, join(folder, free));
    await this.forget(path);
  }

  /** Removes the folder of an upload, with the file if it was not moved. */
  async forget(path: string): Promise<void> {
    const [id = ""] = relative(this.staging, path).split(sep);
    await rm(join(this.staging, id), { recursive: true, force: true });
  }
}
