import type { Socket } from "node:net";

/** What a client sees of a port that the network does not let it reach. */
export type Refusal = "silence" | "reset";

/** The most connections that are held without an answer; the oldest is closed for another. */
const maxHeld = 500;

/**
 * Refuses connections that a security group would drop. A program cannot keep the system from completing the TCP
 * handshake, so with `silence` the client is connected, receives nothing and sees its own time-out.
 */
export class Unreachable {
  private readonly held = new Set<Socket>();

  constructor(private readonly refusal: Refusal) {}

  refuse(socket: Socket): void {
    if (this.refusal === "reset") {
      socket.resetAndDestroy();
      return;
    }
    this.held.add(socket);
    socket.on("close", () => this.held.delete(socket));
    // What the client sends is discarded: only a reader learns that it has left.
    socket.on("end", () => socket.destroy()).resume();
    const [oldest] = this.held;
    if (this.held.size > maxHeld) oldest.destroy();
  }

  close(): void {
    for (const socket of this.held) socket.destroy();
  }
}
