import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import { SyncIo } from "./sync-io";

/** Bytes of the first block, and of the largest; each is twice as long as the one before. */
const [FIRST, MOST] = [64 * 1024, 1024 * 1024];

/**
 * What is in a file, in blocks that follow each other in one buffer. A stream would take a new buffer for each, and
 * new memory costs as much as the copy into it. They begin small, since most files are, and who takes a file slowly
 * should not hold a MiB for it.
 */
export async function* fileBlocks(
  file: FileHandle,
  syncIo = new SyncIo(),
): AsyncGenerator<Buffer, void> {
  for (let buffer = Buffer.allocUnsafe(FIRST); ;) {
    const into = buffer;
    const bytesRead = syncIo.isAllowed
      ? syncIo.run(() => readSync(file.fd, into))
      : (await file.read(into)).bytesRead;
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    if (buffer.length < MOST) buffer = Buffer.allocUnsafe(buffer.length * 2);
  }
}
