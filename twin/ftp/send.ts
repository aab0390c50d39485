import type { Socket } from "node:net";
import { systemClock, type Clock } from "./clock";

/** How the sending of a file or listing ended; a fault is what the source threw. */
export type Dispatch =
  | { readonly end: "complete" | "cut" | "stalled"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

/**
 * Sends everything the source gives and ends the connection. A client that goes away makes it "cut", one that
 * takes nothing for `stallMs` "stalled". What a client takes is seen block by block.
 */
export async function send(
  socket: Socket,
  source: AsyncIterable<Buffer>,
  stallMs: number,
  clock: Clock = systemClock,
): Promise<Dispatch> {
  let bytes = 0;
  let stalled = false;
  const stall = clock.after(stallMs, () => {
    stalled = true;
    socket.destroy();
  });
  const cut = (): Dispatch => ({ end: stalled ? "stalled" : "cut", bytes });
  try {
    for await (const block of source) {
      // The time counts while the client is waited for, not while the store is.
      stall.refresh();
      if (!socket.write(block)) {
        await until(socket, "drain");
      }
      if (socket.destroyed) {
        return cut();
      }
      bytes += block.length;
    }
    stall.refresh();
    socket.end();
    await until(socket, "finish");
    return socket.writableFinished ? { end: "complete", bytes } : cut();
  } catch (error) {
    return { end: "fault", bytes, error: error as Error };
  } finally {
    stall.cancel();
  }
}

/** Waits for the event, or for the end of a socket that will not have it any more. */
async function until(socket: Socket, event: "drain" | "finish"): Promise<void> {
  if (socket.closed || (event === "finish" && socket.writableFinished)) {
    return;
  }
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      socket.off(event, settle).off("close", settle);
      resolve();
    };
    socket.on(event, settle).on("close", settle);
  });
}
