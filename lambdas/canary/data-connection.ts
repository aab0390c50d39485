import type { Socket } from "node:net";

import { FtpFailure } from "./ftp-failure";

/** The result of a transfer on its data connection. A failure is a value, because the server's reply has the details. */
export type TransferResult = { readonly bytes: Buffer } | { readonly failure: string };

/** Sends everything and closes the connection; `bytes` is empty. */
export function send(socket: Socket, bytes: Buffer, deadline: number): Promise<TransferResult> {
  socket.resume();
  socket.end(bytes);
  return whenClosed(socket, [], deadline);
}

/** Reads everything until the server closes the connection. */
export function receive(socket: Socket, deadline: number): Promise<TransferResult> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  return whenClosed(socket, chunks, deadline);
}

/** The bytes. @throws FtpFailure with the failure of the connection */
export function bytesOf(moved: TransferResult): Buffer {
  if ("failure" in moved) throw new FtpFailure(`data connection: ${moved.failure}`);
  return moved.bytes;
}

function whenClosed(socket: Socket, chunks: Buffer[], deadline: number): Promise<TransferResult> {
  return new Promise((resolve) => {
    let failure: string | undefined;
    const timer = setTimeout(() => {
      failure = "not completed in time";
      socket.destroy();
    }, deadline - performance.now());
    socket.on("error", (error: NodeJS.ErrnoException) => (failure ??= error.code ?? error.message));
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(failure === undefined ? { bytes: Buffer.concat(chunks) } : { failure });
    });
  });
}
