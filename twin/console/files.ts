/** The files of the bucket with their older versions, read from the folder each time: what is on disk is shown. */
import { opendir, stat } from "node:fs/promises";
import * as path from "node:path";

/** Entries looked at, and files and versions of each that are told. */
const MOST_LOOKED_AT = 5000;
const MOST_FILES = 200;
const MOST_VERSIONS = 10;

export interface ShownVersion {
  /** Epoch milliseconds at which another took its place. */
  readonly replaced: number;
  readonly bytes: number;
}

export interface ShownFile {
  /** Key in the bucket. */
  readonly key: string;
  /** Undefined when only older versions are left: the file is deleted. */
  readonly bytes?: number;
  /** Epoch milliseconds of the last write, or of the deletion. */
  readonly at: number;
  /** Older versions, newest first. */
  readonly versions: readonly ShownVersion[];
  /** How many there are. */
  readonly versionCount: number;
}

export interface ShownFiles {
  /** Newest first. */
  readonly files: readonly ShownFile[];
  /** There are more than are told. */
  readonly more: boolean;
}

interface Found {
  readonly key: string;
  readonly bytes: number;
  readonly at: number;
}

/**
 * @param bucket folder that stands for the bucket
 * @param shelf folder of its older versions
 */
export async function listFiles(bucket: string, shelf: string): Promise<ShownFiles> {
  const [current, old] = await Promise.all([walk(bucket), walk(shelf)]);
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
    files: files.slice(0, MOST_FILES),
    more: files.length > MOST_FILES || current.length >= MOST_LOOKED_AT,
  };
}

function withVersions(
  file: { key: string; bytes?: number; at: number },
  versions: readonly ShownVersion[],
): ShownFile {
  const newestFirst = [...versions].sort((a, b) => b.replaced - a.replaced);
  return {
    ...file,
    versions: newestFirst.slice(0, MOST_VERSIONS),
    versionCount: versions.length,
  };
}

/** The files in and below a folder; none where no folder is. Links are not followed. */
async function walk(root: string): Promise<Found[]> {
  const found: Found[] = [];
  let looked = 0;
  const folders = [""];
  for (let below = folders.shift(); below !== undefined; below = folders.shift()) {
    const folder = await opendir(path.join(root, below)).catch(() => undefined);
    if (folder === undefined) continue;
    for await (const entry of folder) {
      if (++looked > MOST_LOOKED_AT) return found;
      const key = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(key);
      else if (entry.isFile()) {
        // It may be gone by now.
        const stats = await stat(path.join(root, key)).catch(() => undefined);
        if (stats) found.push({ key, bytes: stats.size, at: stats.mtimeMs });
      }
    }
  }
  return found;
}
