import type { Socket } from "node:net";
import { plainAddress } from "./address";
import { systemClock, type Clock, type Timer } from "../clock";

/** Maximum bytes of waiting commands; beyond that, the connection is not read. */
const maxWaiting = 64 * 1024;

/**
 * The bytes of one control connection. Commands that arrive while another is in progress wait here as received;
 * reading continues meanwhile, because the end of the connection is only reported to a reader.
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

  /** `idleMs`: idle time after which the connection is closed, while no command is in progress. */
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

  /** Aborted when the client can send no more commands; commands that it has sent are still answered. */
  get gone(): AbortSignal {
    return this.ending.signal;
  }

  /** Resolves when the client has left. */
  async left(): Promise<void> {
    if (this.gone.aborted) return;
    await new Promise((resolve) => this.gone.addEventListener("abort", resolve));
  }

  /** The bytes that the client sends, in chunks as received, until either side ends the connection. */
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

  /** Sends reply lines separated by "\n"; resolves when more may be sent. Ignored after the client has left. */
  async write(reply: string): Promise<void> {
    const text = `${reply.replaceAll("\n", "\r\n")}\r\n`;
    if (this.socket.writable && !this.socket.write(text)) {
      await this.unlessIdle((resolve) => (this.drained = resolve));
    }
  }

  /** Closes the connection after everything written is sent. */
  close(reason: string): void {
    this.closeReason = reason;
    this.socket.destroySoon();
    this.ended();
  }

  /** Resets the connection; unsent bytes are discarded. */
  reset(reason: string): void {
    this.closeReason = reason;
    this.socket.resetAndDestroy();
    this.ended();
  }

  private arrived(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes > maxWaiting) {
      this.socket.pause();
    }
    this.wake();
  }

  private ended(): void {
    // Without an explicit reason, each abort would create an exception with a stack.
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
