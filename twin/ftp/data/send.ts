import type { Socket } from "node:net";
import { systemClock, type Clock } from "../../clock";

/** How the sending of a file or listing ended; a fault is what the source threw. */
export type Dispatch =
  | { readonly end: "complete" | "cut" | "stalled"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

/**
 * Sends everything the source gives and ends the connection. A client that goes away makes it "cut", one that
 * takes nothing for `stallMs` "stalled". What a client takes is seen block by block. The next is asked for when the
 * system has the last one, so that a source needs one buffer: what the system holds for the client is enough to do
 * meanwhile, and two buffers are twice the cache.
 */
export async function send(
  socket: Socket,
  source: AsyncIterable<Buffer>,
  stallMs: number,
  clock: Clock = systemClock,
): Promise<Dispatch> {
  let bytes = 0;
  let stalled = false;
  let isClientsTurn = false;
  const stall = clock.after(stallMs, () => {
    if (!isClientsTurn) return;
    stalled = true;
    socket.destroy();
  });
  const cut = (): Dispatch => ({ end: stalled ? "stalled" : "cut", bytes });
  try {
    for await (const block of source) {
      // The time counts while the client is waited for, not while the store is.
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
    // Not ended in order, as after a whole file.
    socket.destroy();
    return { end: "fault", bytes, error: error as Error };
  } finally {
    stall.cancel();
  }
}

/** Resolves when the system has all of the block, or the connection is gone. */
async function write(socket: Socket, block: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once("close", resolve);
    socket.write(block, () => {
      socket.off("close", resolve);
      resolve();
    });
  });
}

/** Waits for the end of the sending, or of a socket that will not have it any more. */
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
