import type { Socket } from "node:net";
import { systemClock, type Clock } from "../../clock";
import type { Upload } from "../service";

/**
 * How the receipt of a file ended; a fault is the store's error. FIN counts as complete: in stream mode
 * nothing else marks the end of a file (RFC 959 section 3.4.1).
 */
export type ReceiveResult =
  | { readonly end: "complete" | "cut" | "stalled"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

const emptyBuffer = Buffer.alloc(0);

/**
 * Writes the client's bytes to an upload, until the client ends the connection (complete), resets it (cut) or sends
 * nothing for `stallMs` (stalled). While the upload writes, nothing is read. When this resolves, everything received is
 * written, unless the store failed. Upload and socket stay open.
 *
 * @param socket - A connection that was not read from; after this call it can only be destroyed
 */
export async function receive(
  socket: Socket,
  upload: Upload,
  stallMs: number,
  clock: Clock = systemClock,
): Promise<ReceiveResult> {
  return new Promise((resolve) => {
    let bytes = 0;
    let writing = false;
    let done = false;
    let end: "complete" | "cut" | "stalled" | undefined;

    const finish = (receipt: ReceiveResult): void => {
      done = true;
      stall.cancel();
      socket.off("end", onEnd).off("close", onClose).off("data", onData);
      resolve(receipt);
    };
    const fault = (error: Error): void => finish({ end: "fault", bytes, error });
    const written = (): void => {
      writing = false;
      if (end === undefined) {
        // While the upload wrote, the client could not send.
        stall.refresh();
        socket.resume();
      } else {
        finish({ end, bytes });
      }
    };
    const ended = (how: "complete" | "cut" | "stalled"): void => {
      end ??= how;
      if (!writing && !done) {
        finish({ end, bytes });
      }
    };
    const take = (chunk: Buffer): boolean => {
      if (done) {
        return false;
      }
      stall.refresh();
      bytes += chunk.length;
      try {
        const taken = upload.write(chunk);
        writing = taken !== undefined;
        taken?.then(written, fault);
      } catch (error) {
        fault(error as Error);
      }
      return !writing && !done;
    };
    const onEnd = (): void => {
      // When a reset follows unread bytes, Node delivers those and then an end, as after FIN. Only a write shows
      // the difference; an empty write sends nothing.
      socket.write(emptyBuffer, (error) => ended(error ? "cut" : "complete"));
    };
    const onClose = (): void => ended("cut");
    const onStall = (): void => {
      // While the upload writes, the time does not count.
      if (!writing) ended("stalled");
    };

    const onData = (chunk: Buffer): void => {
      if (!take(chunk)) socket.pause();
    };

    const stall = clock.after(stallMs, onStall);
    // Must run before Node's own listener, which ends the other direction.
    socket.prependListener("end", onEnd).on("close", onClose).on("data", onData);
    if (socket.destroyed) ended("cut");
    else socket.resume();
  });
}
