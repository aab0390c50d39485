import type { MessageFolder, StoredMessage } from "./message-folder";

/** A message that has been received: hidden from others until it is deleted or its time is over. */
export interface Message extends StoredMessage {
  /** What to delete or release it by. */
  readonly name: string;
}

export interface QueueOptions {
  readonly messages: MessageFolder;
  /** Milliseconds a received message is hidden. */
  readonly visibilityMs: number;
  /** Where a message goes that has been received so many times; undefined: it comes for ever. */
  readonly redrive?: { readonly to: MessageFolder; readonly maxReceives: number };
  /** Told of every message that goes there. */
  readonly onDeadLetter?: (message: Message) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * A queue of SQS (developer guide, "Visibility timeout", "Dead-letter queues"): a received message comes again
 * unless it is deleted, and after its last time goes to the dead-letter queue when it would be received once more.
 */
export class Queue {
  /** When a message that is hidden can be seen again. A process that starts anew sees all. */
  private readonly hidden = new Map<string, number>();
  private readonly now: () => number;

  constructor(private readonly options: QueueOptions) {
    this.now = options.now ?? Date.now;
  }

  send(body: string): void {
    this.options.messages.add(body, this.now());
  }

  /** Up to so many messages, the oldest first; none when all there are are hidden. */
  receive(most: number): Message[] {
    const { messages, visibilityMs, redrive, onDeadLetter } = this.options;
    const received: Message[] = [];
    const names = messages.names();
    this.forget(names);
    for (const name of names) {
      if (received.length >= most) break;
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

  /** It is done with. */
  delete({ name }: Message): void {
    this.options.messages.remove(name);
    this.hidden.delete(name);
  }

  /** Shows it again after so many milliseconds. */
  release({ name }: Message, ms: number): void {
    this.hidden.set(name, this.now() + ms);
  }

  /** Messages that could be received now. */
  get visible(): number {
    const names = this.options.messages.names();
    return names.filter((name) => (this.hidden.get(name) ?? 0) <= this.now()).length;
  }

  /** Messages somebody else took out of the folder. */
  private forget(names: readonly string[]): void {
    const there = new Set(names);
    for (const name of this.hidden.keys()) if (!there.has(name)) this.hidden.delete(name);
  }
}
