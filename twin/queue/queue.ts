import type { MessageFolder, StoredMessage } from "./message-folder";

/** A received message, hidden until it is deleted or its visibility time-out ends. */
export interface Message extends StoredMessage {
  /** Identifies the message to delete or release. */
  readonly name: string;
}

export interface QueueOptions {
  readonly messages: MessageFolder;
  /** The visibility time-out in milliseconds. */
  readonly visibilityMs: number;
  /** Milliseconds that a new message is hidden. Default 0. */
  readonly delayMs?: number;
  /** The dead-letter queue, and how often a message is received before it moves there. Default: none. */
  readonly redrive?: { readonly to: MessageFolder; readonly maxReceives: number };
  /** Receives every message that moves to the dead-letter queue. */
  readonly onDeadLetter?: (message: Message) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * A queue of SQS (developer guide, "Visibility timeout", "Dead-letter queues"): a message that is not deleted is received
 * again, and moves to the dead-letter queue when it would be received once more than the maximum.
 */
export class Queue {
  /** When each hidden message becomes visible. After a restart all messages are visible. */
  private readonly hidden = new Map<string, number>();
  private readonly now: () => number;

  constructor(private readonly options: QueueOptions) {
    this.now = options.now ?? Date.now;
  }

  send(body: string): void {
    const { messages, delayMs = 0 } = this.options;
    const name = messages.add(body, this.now());
    if (delayMs > 0) this.hidden.set(name, this.now() + delayMs);
  }

  /** Receives up to `maxMessages` visible messages, the oldest first. */
  receive(maxMessages: number): Message[] {
    const { messages, visibilityMs, redrive, onDeadLetter } = this.options;
    const received: Message[] = [];
    const names = messages.names();
    this.dropRemoved(names);
    for (const name of names) {
      if (received.length >= maxMessages) break;
      if ((this.hidden.get(name) ?? 0) > this.now()) continue;
      const found = messages.read(name);
      if (found === undefined) continue;
      if (redrive !== undefined && found.receives >= redrive.maxReceives) {
        messages.move(name, redrive.to);
        onDeadLetter?.({ ...found, name });
        continue;
      }
      const message = { ...found, receives: found.receives + 1 };
      messages.write(name, message);
      this.hidden.set(name, this.now() + visibilityMs);
      received.push({ ...message, name });
    }
    return received;
  }

  /** Deletes a processed message. */
  delete({ name }: Message): void {
    this.options.messages.remove(name);
    this.hidden.delete(name);
  }

  /** Makes the message visible after the given milliseconds. */
  release({ name }: Message, ms: number): void {
    this.hidden.set(name, this.now() + ms);
  }

  /** The number of visible messages. */
  get visible(): number {
    const names = this.options.messages.names();
    return names.filter((name) => (this.hidden.get(name) ?? 0) <= this.now()).length;
  }

  /** Drops the state of messages that another process removed from the folder. */
  private dropRemoved(names: readonly string[]): void {
    const existing = new Set(names);
    for (const name of this.hidden.keys()) if (!existing.has(name)) this.hidden.delete(name);
  }
}
