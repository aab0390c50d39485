import type { Socket } from "node:net";

/** The response of a port that the network does not let the client reach. */
export type Refusal = "silence" | "reset";

/** Maximum of connections held without an answer; beyond that, the oldest is closed. */
const maxHeld = 500;

/**
 * Refuses connections that a security group would drop. A program cannot keep the system from completing the TCP
 * handshake, so with `silence` the client is connected, receives nothing and sees its own time-out.
 */
export class UnreachablePorts {
  private readonly held = new Set<Socket>();

  constructor(private readonly refusal: Refusal) {}

  refuse(socket: Socket): void {
    if (this.refusal === "reset") {
      socket.resetAndDestroy();
      return;
    }
    this.held.add(socket);
    socket.on("close", () => this.held.delete(socket));
    // The client's bytes are read and discarded: the end of the connection is only reported to a reader.
    socket.on("end", () => socket.destroy()).resume();
    const [oldest] = this.held;
    if (this.held.size > maxHeld) oldest.destroy();
  }

  close(): void {
    for (const socket of this.held) socket.destroy();
  }
}
