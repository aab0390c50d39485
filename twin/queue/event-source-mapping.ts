import type { Message, Queue } from "./queue";

export interface EventSourceMappingOptions {
  readonly queue: Queue;
  readonly queueArn: string;
  readonly region: string;
  /** The most messages in one invocation. */
  readonly batchSize: number;
  /** Whether the function reports the messages that failed; otherwise a batch fails as a whole. */
  readonly reportsFailures: boolean;
  /** Calls the function. */
  readonly invoke: (event: object) => Promise<unknown>;
  /** Milliseconds until a failed message is received again. */
  readonly retryMs: number;
  /** Receives why messages failed. */
  readonly onFailure: (text: string) => void;
}

/** Milliseconds between two polls of the folder, for messages that another process puts there, such as a redrive. */
const idleMs = 1000;

/**
 * Lambda's event source mapping for a queue (Lambda developer guide, "Using Lambda with Amazon SQS"): polls, invokes the
 * function with a batch and deletes the messages that succeeded. One batch at a time, so that transfers keep most of the
 * processor.
 */
export class EventSourceMapping {
  private stopping = false;
  /** Whether the last poll failed, which is reported once. */
  private failed = false;
  private wakeUp: (() => void) | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: EventSourceMappingOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Polls now, because a message was sent. */
  wake(): void {
    this.wakeUp?.();
  }

  /** Processes visible messages for at most the given milliseconds, then ends. The rest stays in the queue. */
  async close(drainMs: number): Promise<void> {
    const end = Date.now() + drainMs;
    while (this.running && this.hasVisible && Date.now() < end) {
      this.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.stopping = true;
    this.wake();
    const timeout = new Promise<void>((resolve) => {
      setTimeout(resolve, Math.max(0, end - Date.now())).unref();
    });
    await Promise.race([this.running, timeout]);
  }

  private get hasVisible(): boolean {
    try {
      return this.options.queue.visible > 0;
    } catch {
      // Already reported.
      return false;
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const found = await this.poll();
      if (!found) await this.idle();
    }
  }

  /** Processes a batch. False when there is none, or the disk does not give one. */
  private async poll(): Promise<boolean> {
    const { queue, batchSize, onFailure } = this.options;
    try {
      const batch = queue.receive(batchSize);
      if (batch.length > 0) await this.process(batch);
      this.failed = false;
      return batch.length > 0;
    } catch (error) {
      if (!this.failed) {
        onFailure(`The queue cannot be read or written: ${(error as Error).message}.`);
      }
      this.failed = true;
      return false;
    }
  }

  private async process(batch: readonly Message[]): Promise<void> {
    const { queue, retryMs } = this.options;
    const failed = await this.failures(batch);
    for (const message of batch) {
      if (failed.has(message.id)) queue.release(message, retryMs);
      else queue.delete(message);
    }
  }

  /** Ids of the messages that failed. */
  private async failures(batch: readonly Message[]): Promise<ReadonlySet<string>> {
    const { invoke, reportsFailures, onFailure } = this.options;
    const all = new Set(batch.map(({ id }) => id));
    try {
      const answer = await invoke({ Records: batch.map((message) => this.record(message)) });
      if (!reportsFailures) return new Set();
      const { batchItemFailures = [] } = (answer ?? {}) as {
        batchItemFailures?: { itemIdentifier?: string }[];
      };
      const named = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier ?? "");
      const unknown = named.find((id) => !all.has(id));
      if (unknown === undefined) {
        const [count, of] = [named.length, batch.length];
        if (count > 0) onFailure(`${count} of ${of} messages failed.`);
        return new Set(named);
      }
      onFailure(
        `The function reports the unknown message ${unknown} as failed: the whole batch is retried.`,
      );
    } catch (error) {
      onFailure(`The function failed: ${(error as Error).message}.`);
    }
    return all;
  }

  private record({ id, name, body, sent, receives }: Message): object {
    const { queueArn, region } = this.options;
    return {
      messageId: id,
      receiptHandle: name,
      body,
      attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(sent) },
      messageAttributes: {},
      eventSource: "aws:sqs",
      eventSourceARN: queueArn,
      awsRegion: region,
    };
  }

  private idle(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wakeUp = undefined;
        resolve();
      };
      const timer = setTimeout(done, Math.min(idleMs, this.options.retryMs));
      // Waiting for messages must not keep the process running.
      timer.unref();
      this.wakeUp = done;
    });
  }
}
