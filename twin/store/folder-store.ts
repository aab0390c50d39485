import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, mkdir, open, realpath, rename, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { FileRefusal, type Download, type Stored, type Upload } from "../ftp/service";
import { asRefusal, isMissing, unlessMissing } from "./disk-error";
import { fileBlocks } from "./file-blocks";
import { listFolder } from "./folder-listing";
import { FolderUpload } from "./folder-upload";
import { keyParts } from "./key-path";
import type { Metadata, ObjectInfo, ObjectStore, ObjectVersion } from "./object-store";
import { StagingArea } from "./staging-area";
import type { VersionHistory } from "./version-history";
import { secondName, VersionStore } from "./version-store";

/** The folders of a FolderStore. They must be on one disk, and none inside another. */
export interface FolderStoreOptions {
  /** The bucket: its files are the objects. */
  readonly root: string;
  /** Uploads in progress. Used by one store at a time: files found in it at the start are from interrupted uploads. */
  readonly staging: string;
  /** Uploads that were cut, as <key>.<time>. */
  readonly partial: string;
  /** Older versions of files, as <key>.<time>; undefined: replaced and deleted files are not kept. */
  readonly versions?: string;
  /** Called when the log of objects, or a staged file, cannot be written or removed. Default: none. */
  readonly onFault?: (text: string) => void;
}

/**
 * A bucket kept as a folder, so that any file manager shows its objects. It differs from S3 as a file system does: a
 * folder stays when its last file is removed, and "a" and "a/b" cannot both be objects. Symbolic links that lead out of
 * the root are ignored.
 */
export class FolderStore implements ObjectStore {
  private constructor(
    private readonly root: string,
    private readonly staging: StagingArea,
    private readonly versionStore: VersionStore | undefined,
    private readonly onFault: (text: string) => void,
  ) {}

  private get history(): VersionHistory | undefined {
    return this.versionStore?.history;
  }

  /**
   * Creates missing folders and moves the interrupted uploads of a killed run to `partial`. Rejects when one of the
   * folders is inside another: staging is emptied, and every file in the root is an object.
   */
  static async open(options: FolderStoreOptions): Promise<FolderStore> {
    const folders: string[] = [];
    const { versions = [], onFault = () => undefined } = options;
    for (const folder of [options.root, options.staging, options.partial].concat(versions)) {
      await mkdir(folder, { recursive: true });
      folders.push(await realpath(folder));
    }
    for (const outer of folders) {
      for (const inner of folders) {
        if (inner !== outer && within(outer, inner)) {
          throw new Error(`${inner} is inside ${outer}; the store's folders must be separate.`);
        }
      }
    }
    const [root, staging, partial, versionFolder] = folders;
    const area = new StagingArea(staging, partial);
    await area.recover();
    return new FolderStore(
      root,
      area,
      versionFolder === undefined ? undefined : new VersionStore(versionFolder, onFault),
      onFault,
    );
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const stats = await this.follow(this.path(key));
    if (isFolderKey(key)) {
      return stats?.isDirectory() ? { key, size: 0, modified: stats.mtime } : undefined;
    }
    return stats?.isFile()
      ? { key, size: stats.size, modified: stats.mtime, etag: etagOf(stats) }
      : undefined;
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    const folder = this.path(prefix);
    if ((await this.follow(folder))?.isDirectory()) {
      yield* listFolder(folder, prefix, (path) => this.follow(path));
    }
  }

  async read(key: string): Promise<Download> {
    const { path, stats } = await this.existing(key);
    if (!stats.isFile()) {
      throw new FileRefusal("not-a-file", `"${key}" is not a file.`);
    }
    const file = await attempt(key, () => open(path));
    return { size: stats.size, blocks: fileBlocks(file), close: () => file.close() };
  }

  async versions(prefix: string): Promise<readonly ObjectVersion[]> {
    const keys = new Set([...(this.history?.keys(prefix) ?? []), prefix]);
    const found: ObjectVersion[] = [];
    for (const key of [...keys].sort()) {
      const logged = this.history?.of(key) ?? [];
      const current = key === prefix ? await this.head(key) : undefined;
      // A file that was put into the folder or changed manually, or a bucket without versions.
      if (current?.etag !== undefined && current.etag !== logged[0]?.etag) {
        const { size, modified, etag } = current;
        found.push({ key, id: "null", modified, isMarker: false, etag, size });
      }
      found.push(...logged);
    }
    return found;
  }

  async readVersion(key: string, id: string): Promise<Download> {
    const version = this.history?.of(key).find((kept) => kept.id === id);
    if (id === "null" || (version && !version.isMarker && version.path === undefined)) {
      return this.read(key);
    }
    if (version?.path === undefined) throw new FileRefusal("not-found", `There is no "${key}".`);
    const kept = this.versionStore!.pathOf(version.path);
    const file = await attempt(key, () => open(kept));
    return { size: version.size, blocks: fileBlocks(file), close: () => file.close() };
  }

  async write(key: string, metadata?: Metadata): Promise<Upload> {
    const path = this.path(key);
    if (isFolderKey(key) || (await this.follow(path))?.isDirectory()) {
      throw new FileRefusal("not-a-file", `"${key}" is a folder.`);
    }
    await this.confine(path, key);
    const staged = await attempt(key, () => this.staging.create(key));
    const place = async (finished: string, bytes: number): Promise<Stored> => {
      const etag = etagOf(await stat(finished));
      const previous = await attempt(key, async () => this.versionStore?.keep(path, key));
      const placed = await this.place(finished, path, key).catch((error: unknown) =>
        this.undo(error, previous),
      );
      this.versionStore?.note({ action: "put", key, bytes, etag, metadata, previous });
      return { etag, ...placed };
    };
    return new FolderUpload(this.staging, staged, place, { onFault: this.onFault });
  }

  async delete(key: string): Promise<void> {
    const { path, stats } = await this.existing(key);
    if (stats.isDirectory()) {
      throw new FileRefusal("not-a-file", `"${key}" is a folder.`);
    }
    await attempt(key, async () => {
      const previous = await this.versionStore?.keep(path, key);
      await unlink(path).catch((error: unknown) => this.undo(error, previous));
      this.versionStore?.note({ action: "delete", key, previous });
    });
  }

  async makeFolder(key: string): Promise<void> {
    const path = this.path(key);
    await this.confine(path, key);
    await attempt(key, () => mkdir(path, { recursive: true }));
  }

  async removeFolder(key: string): Promise<void> {
    if (key === "") {
      throw new FileRefusal("denied", "The bucket itself cannot be removed.");
    }
    const { path, stats } = await this.existing(key);
    if (!stats.isDirectory()) {
      throw new FileRefusal("not-a-directory", `"${key}" is not a folder.`);
    }
    await attempt(key, () => rmdir(path));
  }

  async rename(from: string, to: string): Promise<void> {
    const source = await this.existing(from);
    if (!source.stats.isFile() || isFolderKey(to)) {
      throw new FileRefusal("unsupported", "Only files can be renamed.");
    }
    const target = this.path(to);
    await this.confine(target, to);
    // Adds the second name, then removes the first: a rename by the system would replace a file that another session
    // has stored since the check.
    await attempt(to, async () => {
      await mkdir(dirname(target), { recursive: true });
      await secondName(source.path, target);
    });
    const previous = await attempt(from, async () => {
      let kept: string | undefined;
      try {
        kept = await this.versionStore?.keep(source.path, from);
        await unlink(source.path);
        return kept;
      } catch (error) {
        // After a refused rename the file has one name.
        await removeName(target);
        return this.undo(error, kept);
      }
    });
    const { size: bytes } = source.stats;
    const etag = etagOf(source.stats);
    this.versionStore?.note({
      ...{ action: "rename", key: from, newKey: to, bytes, etag, previous },
    });
  }

  /** Removes the version that was kept of a file that was not replaced. */
  private async undo(error: unknown, kept: string | undefined): Promise<never> {
    await this.versionStore?.forget(kept).catch(() => undefined);
    throw error;
  }

  private path(key: string): string {
    return join(this.root, ...keyParts(key));
  }

  /** The entry at the path, links followed; undefined when it does not exist or is outside the root. */
  private async follow(path: string): Promise<Stats | undefined> {
    try {
      const real = await realpath(path);
      return within(this.root, real) ? await stat(real) : undefined;
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw asRefusal(error, path);
    }
  }

  private async existing(key: string): Promise<{ path: string; stats: Stats }> {
    const path = this.path(key);
    const stats = await this.follow(path);
    if (stats === undefined) {
      throw new FileRefusal("not-found", `There is no "${key}".`);
    }
    return { path, stats };
  }

  /** Refuses a path that leads out of the root by a link, or that has a file in place of a folder. */
  private async confine(path: string, key: string): Promise<void> {
    // It may have been removed while the twin runs.
    await attempt(key, () => mkdir(this.root, { recursive: true }));
    for (let above = dirname(path); ; above = dirname(above)) {
      try {
        const real = await realpath(above);
        if (!within(this.root, real)) {
          throw new FileRefusal("denied", `"${key}" leads out of the bucket's folder.`);
        }
        if (!(await stat(real)).isDirectory()) {
          throw new FileRefusal("parent-missing", `"${key}" is below a file.`);
        }
        return;
      } catch (error) {
        if (!isMissing(error)) {
          throw asRefusal(error, key);
        }
      }
    }
  }

  private async place(from: string, to: string, key: string): Promise<Omit<Stored, "etag">> {
    await this.confine(to, key);
    return attempt(key, async () => {
      const made = await mkdir(dirname(to), { recursive: true });
      const replaced = made === undefined && (await unlessMissing(lstat(to))) !== undefined;
      await rename(from, to);
      return { replaced, madeFolder: made !== undefined };
    });
  }
}

/** From the file's own data, so that it is the same after a restart and changes when the file is changed manually. */
function etagOf({ ino, size, mtimeMs }: Stats): string {
  return createHash("sha256").update(`${ino} ${size} ${mtimeMs}`).digest("hex").slice(0, 32);
}

async function attempt<T>(key: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw asRefusal(error, key);
  }
}

/** Attempts to remove a name: a disk that fails occasionally must not leave a file with two names. */
const removals = 4;

async function removeName(path: string): Promise<void> {
  for (let attempts = 1; attempts <= removals; attempts++) {
    const isGone = await unlink(path).then(
      () => true,
      (error: unknown) => isMissing(error),
    );
    if (isGone) return;
  }
}

function isFolderKey(key: string): boolean {
  return key === "" || key.endsWith("/");
}

function within(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
