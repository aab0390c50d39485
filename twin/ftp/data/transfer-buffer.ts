/** Bytes between the start of an allocation and that of a buffer: half a page. */
const AWAY = 2048;

/**
 * Memory for what comes from a socket or a file, not cleared. It does not begin where the allocation does: large ones
 * begin 16 bytes into a page, and the system's own data at the start of one. A copy from there to there takes twice
 * as long as any other (1.0 against 2.2 GiB/s of a download, AMD EPYC): a load that follows a store to the same place
 * of another page waits for it, as the processor compares the last twelve bits of addresses first.
 */
export function transferBuffer(bytes: number): Buffer {
  return Buffer.allocUnsafeSlow(AWAY + bytes).subarray(AWAY);
}
