import { constants, copyFile, link, lstat, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LogFile } from "../log-file";
import { asideNames } from "./aside";
import { errorCode, unlessMissing } from "./disk-error";
import { keyParts } from "./key-path";
import { type ObjectRecord, VersionHistory } from "./version-history";

/**
 * The older versions of a bucket with versioning, as <key>.<time of replacement>, and a line in a log next to
 * the folder (<folder>.jsonl) for everything that is put and deleted.
 */
export class VersionStore {
  readonly history: VersionHistory;
  private readonly log: LogFile;

  /** The folder must be on the disk of the bucket's folder. */
  constructor(
    private readonly folder: string,
    onFault: (text: string) => void,
  ) {
    this.history = new VersionHistory(`${folder}.jsonl`);
    this.log = new LogFile(`${folder}.jsonl`, onFault);
  }

  /** Where a kept version is on the disk. */
  pathOf(kept: string): string {
    return join(this.folder, ...kept.split("/"));
  }

  /**
   * Gives what is at the path, if a file is, a second name in the folder of versions. The file itself stays until another
   * takes its place in one step, so that at no moment there is neither.
   */
  async keep(path: string, key: string): Promise<string | undefined> {
    const stats = await unlessMissing(lstat(path));
    if (!stats?.isFile()) {
      return undefined;
    }
    const parts = keyParts(key);
    const above = parts.slice(0, -1);
    await mkdir(join(this.folder, ...above), { recursive: true });
    for (const name of asideNames(parts.at(-1) ?? "")) {
      try {
        await secondName(path, join(this.folder, ...above, name));
        return [...above, name].join("/");
      } catch (error) {
        if (errorCode(error) !== "EEXIST") {
          throw error;
        }
      }
    }
    return undefined;
  }

  /** Removes what `keep` returned, of a file that was not replaced after all. */
  async forget(previous: string | undefined): Promise<void> {
    if (previous !== undefined) await rm(join(this.folder, previous), { force: true });
  }

  /** Logs what was done. It is done whether or not it can be logged. */
  note(record: ObjectRecord): void {
    const line = JSON.stringify({ time: new Date().toISOString(), ...record });
    this.log.append(`${line}\n`);
  }
}

/**
 * Gives a file a second name, in one step and never that of another file: rejects with EEXIST then. It becomes a copy
 * where the file system has no hard links.
 */
export async function secondName(path: string, name: string): Promise<void> {
  try {
    await link(path, name);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"].includes(errorCode(error) ?? "")) {
      throw error;
    }
    await copyFile(path, name, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
}
