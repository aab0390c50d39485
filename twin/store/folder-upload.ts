import type { Stored, Upload } from "../ftp/service";
import type { StagedFile, StagingArea } from "./staging-area";

/** One upload into a FolderStore: bytes gather in the staging folder and move in one rename. */
export class FolderUpload implements Upload {
  private bytes = 0;

  /** `place` moves the finished file, of so many bytes, to where its key is. */
  constructor(
    private readonly staging: StagingArea,
    private readonly staged: StagedFile,
    private readonly place: (path: string, bytes: number) => Promise<Stored>,
  ) {}

  async write(chunks: readonly Buffer[]): Promise<void> {
    let rest = chunks;
    while (rest.length > 0) {
      const { bytesWritten } = await this.staged.handle.writev(rest as Buffer[]);
      this.bytes += bytesWritten;
      rest = after(rest, bytesWritten);
    }
  }

  async commit(): Promise<Stored> {
    await this.staged.handle.close();
    let stored: Stored;
    try {
      stored = await this.place(this.staged.path, this.bytes);
    } catch (error) {
      await this.staging.keep(this.staged.path);
      throw error;
    }
    await this.staging.forget(this.staged.path);
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

/** What of the chunks is left when their first `bytes` bytes are written: a disk may take less than asked. */
function after(chunks: readonly Buffer[], bytes: number): readonly Buffer[] {
  let index = 0;
  let skip = bytes;
  while (index < chunks.length && skip >= chunks[index].length) {
    skip -= chunks[index].length;
    index++;
  }
  return skip === 0
    ? chunks.slice(index)
    : [chunks[index].subarray(skip), ...chunks.slice(index + 1)];
}
