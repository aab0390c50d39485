import type { Socket } from "node:net";
import { systemClock, type Clock } from "./clock";
import type { Upload } from "./service";

/**
 * How the receipt of a file ended; a fault is what the store threw. FIN counts as complete: in stream mode
 * nothing else marks the end of a file (RFC 959 section 3.4.1).
 */
export type Receipt =
  | { readonly end: "complete" | "cut" | "stalled"; readonly bytes: number }
  | { readonly end: "fault"; readonly bytes: number; readonly error: Error };

/** Bytes that may wait for the disk before the client is made to wait; bounds the memory of one upload. */
const MOST_WAITING = 4 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/**
 * Takes what the client sends into an upload, until it ends the connection (complete), resets it (cut) or is
 * silent for `stallMs` (stalled). Reading and writing overlap: while one write is under way, what arrives
 * gathers and goes out as the next. Everything that arrived is written when this resolves, unless the store
 * failed. The upload is left open and the socket too.
 */
export async function receive(
  socket: Socket,
  upload: Upload,
  stallMs: number,
  clock: Clock = systemClock,
): Promise<Receipt> {
  return new Promise((resolve) => {
    let bytes = 0;
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    let writing = false;
    let end: "complete" | "cut" | "stalled" | undefined;

    const finish = (receipt: Receipt): void => {
      stall.cancel();
      socket.off("data", onData).off("end", onEnd).off("close", onClose);
      resolve(receipt);
    };
    const write = async (): Promise<void> => {
      writing = true;
      try {
        while (waiting.length > 0) {
          const batch = waiting;
          waiting = [];
          waitingBytes = 0;
          socket.resume();
          await upload.write(batch);
        }
      } catch (error) {
        finish({ end: "fault", bytes, error: error as Error });
        return;
      }
      writing = false;
      if (end !== undefined) {
        finish({ end, bytes });
      }
    };
    const ended = (how: "complete" | "cut" | "stalled"): void => {
      end ??= how;
      if (!writing) {
        finish({ end, bytes });
      }
    };
    const onData = (chunk: Buffer): void => {
      stall.refresh();
      bytes += chunk.length;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (!writing) {
        void write();
      } else if (waitingBytes >= MOST_WAITING) {
        socket.pause();
      }
    };
    const onEnd = (): void => {
      // Where a reset comes on top of bytes that are still to be read, Node gives those and then an end, as after
      // FIN. Only writing tells the two apart; of nothing, nothing is sent.
      socket.write(NOTHING, (error) => ended(error ? "cut" : "complete"));
    };
    const onClose = (): void => ended("cut");
    const onStall = (): void => {
      // A paused socket waits for the disk, not for the client.
      if (socket.isPaused()) {
        stall.refresh();
      } else {
        ended("stalled");
      }
    };

    const stall = clock.after(stallMs, onStall);
    // Before Node's own listener, which ends the other direction.
    socket.on("data", onData).prependListener("end", onEnd).on("close", onClose);
    if (socket.destroyed) {
      ended("cut");
    } else {
      socket.resume();
    }
  });
}
