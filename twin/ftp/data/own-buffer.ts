import { Socket, type SocketConstructorOpts } from "node:net";
import { transferBuffer } from "./transfer-buffer";

/** Bytes of the buffer at first, and at most; it grows when a client fills it. */
const [FIRST, MOST] = [64 * 1024, 1024 * 1024];

/** What Node has behind a connection; it says of it only that it is there. */
type Connection = Socket & { _handle?: object | null };

/**
 * Reads a connection that nobody has read from yet into one buffer, again and again. Node would take a new one for
 * every 64 KiB, and the memory for it costs as much as all the rest of an upload.
 *
 * Node lets a connection be read like this (`onread` of net.Socket), but not one that a server has accepted: what is
 * behind that is moved into a socket of our own. A Node that has it elsewhere reads as it always does.
 *
 * @param take what came, in memory that is used again once this returns; false stops the reading, until `resume()`
 * @returns the socket to hear of the end from, and to resume. It goes when the accepted one does.
 */
export function readIntoOwnBuffer(accepted: Socket, take: (chunk: Buffer) => boolean): Socket {
  const handle = (accepted as Connection)._handle;
  // Somebody else who listens would hear nothing of a socket that is moved away.
  if (!handle || accepted.listenerCount("data") > 0) {
    return accepted.on("data", (chunk: Buffer) => {
      if (!take(chunk)) accepted.pause();
    });
  }
  let buffer = transferBuffer(FIRST);
  const onread = {
    buffer: () => buffer,
    callback(length: number) {
      const goesOn = take(buffer.subarray(0, length));
      if (length === buffer.length && length < MOST) buffer = transferBuffer(length * 2);
      return goesOn;
    },
  };
  const options = { handle, onread, manualStart: true };
  (accepted as Connection)._handle = null;
  const socket = new Socket(options as SocketConstructorOpts);
  accepted.once("close", () => socket.destroy());
  return socket.on("error", () => undefined);
}
