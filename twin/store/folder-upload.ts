import { writeSync } from "node:fs";

import type { Stored, Upload } from "../ftp/service";
import { SyncIo } from "./sync-io";
import type { StagedFile, StagingArea } from "./staging-area";

/**
 * Maximum bytes of one synchronous write. When the system has too many unwritten pages, it delays the writer by a fifth
 * of a second for every few pages: one write of a MiB would take more than a second.
 */
const bytesPerWrite = 128 * 1024;

/** One upload to a FolderStore: bytes are written to the staging folder, and the file is moved by one rename. */
export class FolderUpload implements Upload {
  private bytes = 0;

  private readonly syncIo: SyncIo;
  private readonly onFault: (text: string) => void;

  /** `place` moves the complete file, with its number of bytes, to the path of its key. */
  constructor(
    private readonly staging: StagingArea,
    private readonly staged: StagedFile,
    private readonly place: (path: string, bytes: number) => Promise<Stored>,
    options: { readonly syncIo?: SyncIo; readonly onFault?: (text: string) => void } = {},
  ) {
    this.syncIo = options.syncIo ?? new SyncIo();
    this.onFault = options.onFault ?? (() => undefined);
  }

  write(chunk: Buffer): Promise<void> | undefined {
    const { fd } = this.staged.handle;
    let written = 0;
    // A write may be incomplete.
    while (written < chunk.length) {
      if (!this.syncIo.takeTurn()) return this.writeAside(chunk.subarray(written));
      const from = written;
      const most = Math.min(chunk.length - from, bytesPerWrite);
      const bytes = this.syncIo.run(() => writeSync(fd, chunk, from, most));
      written += bytes;
      this.bytes += bytes;
    }
    return undefined;
  }

  private async writeAside(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0;) {
      const { bytesWritten } = await this.staged.handle.write(rest);
      this.bytes += bytesWritten;
      rest = rest.subarray(bytesWritten);
    }
  }

  async commit(): Promise<Stored> {
    const { path, handle } = this.staged;
    let stored: Stored;
    try {
      await handle.close();
      stored = await this.place(path, this.bytes);
    } catch (error) {
      await this.staging.keep(path).catch((lost: Error) => this.onFault(lost.message));
      throw error;
    }
    // The file is stored even if its empty staging folder cannot be removed.
    await this.staging.forget(path).catch((error: Error) => this.onFault(error.message));
    return stored;
  }

  /** An upload without any bytes is not kept. */
  async keepPartial(): Promise<void> {
    await this.staged.handle.close();
    if (this.bytes === 0) {
      await this.staging.forget(this.staged.path);
    } else {
      await this.staging.keep(this.staged.path);
    }
  }
}
