import { writeSync } from "node:fs";

import type { Stored, Upload } from "../ftp/service";
import { SyncIo } from "./sync-io";
import type { StagedFile, StagingArea } from "./staging-area";

/**
 * Bytes of one write that is made at once. A system whose memory is full of what is still to be written lets the
 * writer wait, a fifth of a second for every few pages: a MiB at once would take more than one.
 */
const bytesPerWrite = 128 * 1024;

/** One upload into a FolderStore: bytes gather in the staging folder and move in one rename. */
export class FolderUpload implements Upload {
  private bytes = 0;

  private readonly syncIo: SyncIo;
  private readonly onFault: (text: string) => void;

  /** `place` moves the finished file, of so many bytes, to the path of its key. */
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
    // A disk may take less than asked.
    while (written < chunk.length) {
      if (!this.syncIo.isAllowed) return this.writeAside(chunk.subarray(written));
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
    // The file is stored, whatever becomes of its empty staging folder.
    await this.staging.forget(path).catch((error: Error) => this.onFault(error.message));
    return stored;
  }

  /** Of an upload that never began there is nothing to keep. */
  async keepPartial(): Promise<void> {
    await this.staged.handle.close();
    if (this.bytes === 0) {
      await this.staging.forget(this.staged.path);
    } else {
      await this.staging.keep(this.staged.path);
    }
  }
}
