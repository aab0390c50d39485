/** The files of the bucket with their older versions, read from disk each time. */
import { opendir, stat } from "node:fs/promises";
import * as path from "node:path";

/** The most entries that are read, files that are returned, and versions of each. */
const maxEntries = 5000;
const maxFiles = 200;
const maxVersions = 10;

export interface ShownVersion {
  /** When it was replaced, in epoch milliseconds. */
  readonly replaced: number;
  readonly bytes: number;
}

export interface ShownFile {
  /** Key in the bucket. */
  readonly key: string;
  /** Undefined for a deleted file, of which only older versions exist. */
  readonly bytes?: number;
  /** When it was written or deleted, in epoch milliseconds. */
  readonly at: number;
  /** Older versions, newest first. */
  readonly versions: readonly ShownVersion[];
  /** The number of older versions. */
  readonly versionCount: number;
}

export interface ShownFiles {
  /** Newest first. */
  readonly files: readonly ShownFile[];
  /** Whether there are more files. */
  readonly more: boolean;
}

interface Found {
  readonly key: string;
  readonly bytes: number;
  readonly at: number;
}

/**
 * The files of a bucket.
 *
 * @param bucket - Folder of the bucket.
 * @param versionFolder - Folder of its older versions.
 */
export async function listFiles(bucket: string, versionFolder: string): Promise<ShownFiles> {
  const [current, old] = await Promise.all([walk(bucket), walk(versionFolder)]);
  const versions = new Map<string, ShownVersion[]>();
  for (const { key, bytes } of old) {
    const match = /^([^]*)\.(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d\.\d{3}Z)(?:-\d+)?$/.exec(key);
    if (!match) continue;
    const [, name, year, month, hour, minute, second] = match;
    const replaced = Date.parse(`${year}-${month}-${hour}:${minute}:${second}`);
    versions.set(name, [...(versions.get(name) ?? []), { replaced, bytes }]);
  }
  const present = new Set(current.map(({ key }) => key));
  const files = [
    ...current.map((file) => withVersions(file, versions.get(file.key) ?? [])),
    ...[...versions]
      .filter(([key]) => !present.has(key))
      .map(([key, all]) =>
        withVersions({ key, at: Math.max(...all.map(({ replaced }) => replaced)) }, all),
      ),
  ].sort((a, b) => b.at - a.at);
  return {
    files: files.slice(0, maxFiles),
    more: files.length > maxFiles || current.length >= maxEntries,
  };
}

function withVersions(
  file: { key: string; bytes?: number; at: number },
  versions: readonly ShownVersion[],
): ShownFile {
  const newestFirst = [...versions].sort((a, b) => b.replaced - a.replaced);
  return {
    ...file,
    versions: newestFirst.slice(0, maxVersions),
    versionCount: versions.length,
  };
}

/** The files in a folder and its subfolders; none when it does not exist. Links are not followed. */
async function walk(root: string): Promise<Found[]> {
  const found: Found[] = [];
  let entries = 0;
  const folders = [""];
  for (let below = folders.shift(); below !== undefined; below = folders.shift()) {
    const folder = await opendir(path.join(root, below)).catch(() => undefined);
    if (folder === undefined) continue;
    for await (const entry of folder) {
      if (++entries > maxEntries) return found;
      const key = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(key);
      else if (entry.isFile()) {
        // It may have been removed meanwhile.
        const stats = await stat(path.join(root, key)).catch(() => undefined);
        if (stats) found.push({ key, bytes: stats.size, at: stats.mtimeMs });
      }
    }
  }
  return found;
}
