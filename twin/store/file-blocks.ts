import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import { SyncIo } from "./sync-io";

/** Bytes of the first block, and of the largest; each is twice as long as the one before. */
const [FIRST, MOST] = [64 * 1024, 1024 * 1024];

/**
 * The contents of a file in blocks, all in one buffer. A stream would allocate a buffer for each block, which takes as
 * long as copying the bytes. The first block is small, because most files are, and a slow client should not occupy a
 * MiB of memory.
 */
export async function* fileBlocks(
  file: FileHandle,
  syncIo = new SyncIo(),
): AsyncGenerator<Buffer, void> {
  for (let buffer = Buffer.allocUnsafe(FIRST); ;) {
    const into = buffer;
    const bytesRead = syncIo.takeTurn()
      ? syncIo.run(() => readSync(file.fd, into))
      : (await file.read(into)).bytesRead;
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    if (buffer.length < MOST) buffer = Buffer.allocUnsafe(buffer.length * 2);
  }
}
