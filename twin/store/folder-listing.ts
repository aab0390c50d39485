import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "./disk-error";
import type { ObjectInfo } from "./object-store";

/** Entries that are read concurrently: enough to keep the disk busy, few enough to hold in memory. */
const batchSize = 256;

/**
 * The entries directly in a folder, as objects below `prefix`: folders first, each group in code-unit order.
 * Only the names are held in memory (they must be sorted); sizes and times are read as the caller iterates.
 * `follow` returns the target of a symbolic link, undefined when it must not be followed. Entries that are
 * removed meanwhile are omitted.
 */
export async function* listFolder(
  folder: string,
  prefix: string,
  follow: (path: string) => Promise<Stats | undefined>,
): AsyncGenerator<ObjectInfo> {
  const { folders, files } = await sorted(folder, follow);
  for (const { names, suffix } of [
    { names: folders, suffix: "/" },
    { names: files, suffix: "" },
  ]) {
    for (let start = 0; start < names.length; start += batchSize) {
      const batch = names.slice(start, start + batchSize);
      const found = await Promise.all(batch.map((name) => unlessMissing(stat(join(folder, name)))));
      for (const [index, stats] of found.entries()) {
        if (stats !== undefined) {
          const size = suffix === "/" ? 0 : stats.size;
          yield { key: `${prefix}${batch[index]}${suffix}`, size, modified: stats.mtime };
        }
      }
    }
  }
}

async function sorted(
  folder: string,
  follow: (path: string) => Promise<Stats | undefined>,
): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // Most entries are files: they need one system call only.
    const type: Dirent | Stats | undefined =
      entry.isFile() || !entry.isSymbolicLink() ? entry : await follow(join(folder, entry.name));
    if (type?.isFile()) {
      files.push(entry.name);
    } else if (type?.isDirectory()) {
      folders.push(entry.name);
    }
  }
  return { folders: folders.sort(), files: files.sort() };
}
