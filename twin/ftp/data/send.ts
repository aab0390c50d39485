import type { Socket } from "node:net";
import { systemClock, type Clock } from "../../clock";

/** How the sending of a file or listing ended; a fault is the source's error. */
export type SendResult =
  | { readonly end: "complete" | "cut" | "stalled"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

/**
 * Sends all blocks of the source and ends the connection. The result is "cut" when the client disconnects, and
 * "stalled" when it reads nothing for `stallMs`, measured block by block. The next block is requested when the system
 * has accepted the last one, so that a source needs only one buffer: the system's own send buffer keeps the client
 * busy meanwhile, and a second buffer would double the use of the processor cache.
 */
export async function send(
  socket: Socket,
  source: AsyncIterable<Buffer>,
  stallMs: number,
  clock: Clock = systemClock,
): Promise<SendResult> {
  let bytes = 0;
  let stalled = false;
  let isClientsTurn = false;
  const stall = clock.after(stallMs, () => {
    if (!isClientsTurn) return;
    stalled = true;
    socket.destroy();
  });
  const cut = (): SendResult => ({ end: stalled ? "stalled" : "cut", bytes });
  try {
    for await (const block of source) {
      // The time counts while waiting for the client, not for the store.
      isClientsTurn = true;
      stall.refresh();
      await write(socket, block);
      isClientsTurn = false;
      if (socket.destroyed) {
        return cut();
      }
      bytes += block.length;
    }
    isClientsTurn = true;
    stall.refresh();
    socket.end();
    await finish(socket);
    return socket.writableFinished ? { end: "complete", bytes } : cut();
  } catch (error) {
    // Not closed normally, as after a complete file.
    socket.destroy();
    return { end: "fault", bytes, error: error as Error };
  } finally {
    stall.cancel();
  }
}

/** Resolves when the system has accepted the block, or the connection has ended. */
async function write(socket: Socket, block: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once("close", resolve);
    socket.write(block, () => {
      socket.off("close", resolve);
      resolve();
    });
  });
}

/** Waits until everything is sent, or the socket is closed. */
async function finish(socket: Socket): Promise<void> {
  if (socket.closed || socket.writableFinished) {
    return;
  }
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      socket.off("finish", settle).off("close", settle);
      resolve();
    };
    socket.on("finish", settle).on("close", settle);
  });
}
