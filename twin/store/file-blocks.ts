import type { FileHandle } from "node:fs/promises";

/** Bytes of the first block, and of the largest; each is twice as long as the one before. */
const [FIRST, MOST] = [64 * 1024, 1024 * 1024];

/**
 * What is in a file, in blocks that take turns in two buffers: while one is on its way to the client the next is
 * read into the other. A stream would take a new buffer for each, and new memory costs as much as the copy into
 * it. They begin small, since most files are, and who takes a file slowly should not hold two MiB for it.
 */
export async function* fileBlocks(file: FileHandle): AsyncGenerator<Buffer, void> {
  let [buffer, other] = [Buffer.alloc(0), Buffer.alloc(0)];
  for (let length = FIRST; ; length = Math.min(length * 2, MOST)) {
    [buffer, other] = [other, buffer];
    if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
    const { bytesRead } = await file.read(buffer, 0, length, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
