import { constants, copyFile, link, lstat, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LogFile } from "../log-file";
import { takeKeptName } from "./kept-name";
import { errorCode, unlessMissing } from "./disk-error";
import { keyParts } from "./key-path";
import { type ObjectRecord, VersionHistory } from "./version-history";

/**
 * The older versions of a bucket with versioning, as <key>.<time of replacement>, and a log next to the folder
 * (<folder>.jsonl) with a line for every put and delete.
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
   * Gives an existing file at the path a second name in the folder of versions. The path itself keeps the file until
   * another replaces it in one step, so that it always has one.
   */
  async keep(path: string, key: string): Promise<string | undefined> {
    const stats = await unlessMissing(lstat(path));
    if (!stats?.isFile()) {
      return undefined;
    }
    const parts = keyParts(key);
    const above = parts.slice(0, -1);
    await mkdir(join(this.folder, ...above), { recursive: true });
    const name = await takeKeptName(parts.at(-1) ?? "", (free) =>
      secondName(path, join(this.folder, ...above, free)),
    );
    return [...above, name].join("/");
  }

  /** Removes the result of `keep` for a file that was not replaced. */
  async forget(previous: string | undefined): Promise<void> {
    if (previous !== undefined) await rm(join(this.folder, previous), { force: true });
  }

  /** Logs an operation. The operation stays in effect when it cannot be logged. */
  note(record: ObjectRecord): void {
    const line = JSON.stringify({ time: new Date().toISOString(), ...record });
    this.log.append(`${line}\n`);
  }
}

/**
 * Gives a file a second name in one step. Rejects with EEXIST when another file has the name. Without hard links in the
 * file system, it makes a copy.
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
