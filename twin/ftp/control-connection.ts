import type { Socket } from "node:net";
import { plainAddress } from "./address";
import { systemClock, type Clock, type Timer } from "../clock";

/** Bytes of unanswered commands that may wait before the client is made to wait. */
const mostWaiting = 64 * 1024;

/**
 * The bytes of one control connection. Commands that arrive while another is at work wait here in the chunks
 * they came in; reading goes on meanwhile, as only a reader learns that the client is gone.
 */
export class ControlConnection {
  /** Address of the client. */
  readonly clientAddress: string;
  /** The address the client connected to, which PASV announces. */
  readonly serverAddress: string;
  /** Why the connection ended, once it has. */
  closeReason = "the client closed the connection";

  private readonly chunks: Buffer[] = [];
  private waitingBytes = 0;
  private readonly ending = new AbortController();
  private wake: () => void = () => undefined;
  private drained: () => void = () => undefined;

  /** `idleMs`: silence after which the connection is closed, while no command is at work. */
  constructor(
    private readonly socket: Socket,
    private readonly idleMs: number,
    private readonly clock: Clock = systemClock,
  ) {
    this.clientAddress = plainAddress(socket.remoteAddress);
    this.serverAddress = plainAddress(socket.localAddress);
    socket.setNoDelay(true);
    socket.setKeepAlive(true);
    socket.on("data", (chunk: Buffer) => this.arrived(chunk));
    socket.on("end", () => this.ended());
    socket.on("error", (error) => (this.closeReason = `connection lost: ${error.message}`));
    socket.on("drain", () => this.drained());
    socket.on("close", () => {
      this.ended();
      this.drained();
    });
  }

  /** Aborted when the client can send no more commands; what it has sent is still answered. */
  get gone(): AbortSignal {
    return this.ending.signal;
  }

  /** Resolves when the client has left. */
  async left(): Promise<void> {
    if (this.gone.aborted) return;
    await new Promise((resolve) => this.gone.addEventListener("abort", resolve));
  }

  /** What the client sends, in the chunks the network makes of it, until it or this side ends. */
  async *received(): AsyncGenerator<Buffer, void> {
    for (;;) {
      for (let chunk = this.chunks.shift(); chunk !== undefined; chunk = this.chunks.shift()) {
        this.waitingBytes -= chunk.length;
        this.socket.resume();
        yield chunk;
      }
      if (this.gone.aborted) {
        return;
      }
      await this.unlessIdle((resolve) => (this.wake = resolve));
    }
  }

  /** Sends reply lines separated by "\n"; resolves when more may be sent. To a client that left: nothing. */
  async write(reply: string): Promise<void> {
    const text = `${reply.replaceAll("\n", "\r\n")}\r\n`;
    if (this.socket.writable && !this.socket.write(text)) {
      await this.unlessIdle((resolve) => (this.drained = resolve));
    }
  }

  /** Closes once what was written is sent. */
  close(reason: string): void {
    this.closeReason = reason;
    this.socket.destroySoon();
    this.ended();
  }

  /** Drops the connection as a radio link does, with whatever was still to be sent. */
  reset(reason: string): void {
    this.closeReason = reason;
    this.socket.resetAndDestroy();
    this.ended();
  }

  private arrived(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes > mostWaiting) {
      this.socket.pause();
    }
    this.wake();
  }

  private ended(): void {
    // Without a reason of ours each one would be an exception with a stack.
    this.ending.abort(this.closeReason);
    this.wake();
  }

  private async unlessIdle(start: (resolve: () => void) => void): Promise<void> {
    let timer: Timer | undefined;
    await new Promise<void>((resolve) => {
      timer = this.clock.after(this.idleMs, () => {
        this.closeReason = `idle for ${this.idleMs / 1000} s`;
        this.chunks.length = 0;
        this.socket.destroy();
        this.ended();
        resolve();
      });
      start(resolve);
    });
    timer?.cancel();
  }
}
