import type { Socket } from "node:net";

/** How the sending of a file or listing ended; a fault is what the source threw. */
export type Dispatch =
  | { readonly end: "complete" | "cut"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

/**
 * Sends everything the source gives and ends the connection. A client that reads slowly, or for a while not
 * at all, is waited for (Apache FtpServer 1.2.1 has no time-out here); one that goes away makes it "cut".
 */
export async function send(socket: Socket, source: AsyncIterable<Buffer>): Promise<Dispatch> {
  let bytes = 0;
  try {
    for await (const block of source) {
      if (!socket.write(block)) {
        await until(socket, "drain");
      }
      if (socket.destroyed) {
        return { end: "cut", bytes };
      }
      bytes += block.length;
    }
  } catch (error) {
    return { end: "fault", bytes, error: error as Error };
  }
  socket.end();
  await until(socket, "finish");
  return { end: socket.writableFinished ? "complete" : "cut", bytes };
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
