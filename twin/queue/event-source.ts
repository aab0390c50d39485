import type { Message, Queue } from "./queue";

export interface EventSourceOptions {
  readonly queue: Queue;
  readonly queueArn: string;
  readonly region: string;
  /** Messages in one invocation at most. */
  readonly batchSize: number;
  /** The function answers which of its messages failed; otherwise all failed or none. */
  readonly reportsFailures: boolean;
  /** Calls the function. */
  readonly invoke: (event: object) => Promise<unknown>;
  /** Milliseconds until a message that failed comes again. */
  readonly retryMs: number;
  /** Told why messages failed. */
  readonly onFailure: (text: string) => void;
}

/** How often the folder is looked at for messages that somebody else put there, as a redrive does. */
const IDLE_MS = 1000;

/**
 * Lambda's event source mapping of a queue (Lambda developer guide, "Using Lambda with Amazon SQS"): polls, calls the
 * function with a batch, deletes what went well. One batch at a time, so that files have the machine for themselves.
 */
export class EventSource {
  private stopping = false;
  private wakeUp: (() => void) | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: EventSourceOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** There is a message. */
  wake(): void {
    this.wakeUp?.();
  }

  /** Takes what can be received within so many milliseconds, then ends; the rest stays in the queue. */
  async close(drainMs: number): Promise<void> {
    const last = Date.now() + drainMs;
    while (this.running && this.options.queue.visible > 0 && Date.now() < last) {
      this.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.stopping = true;
    this.wake();
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, Math.max(0, last - Date.now())).unref();
    });
    await Promise.race([this.running, late]);
  }

  private async run(): Promise<void> {
    const { queue, batchSize } = this.options;
    while (!this.stopping) {
      const batch = queue.receive(batchSize);
      if (batch.length === 0) await this.idle();
      else await this.take(batch);
    }
  }

  private async take(batch: readonly Message[]): Promise<void> {
    const { queue, retryMs } = this.options;
    const failed = await this.failures(batch);
    for (const message of batch) {
      if (failed.has(message.id)) queue.release(message, retryMs);
      else queue.delete(message);
    }
  }

  /** Ids of the messages that have to come again. */
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
      const strange = named.find((id) => !all.has(id));
      if (strange === undefined) {
        const [count, of] = [named.length, batch.length];
        if (count > 0) onFailure(`${count} of ${of} messages failed.`);
        return new Set(named);
      }
      onFailure(`The function reports a message ${strange} that it was not given: all come again.`);
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
      const timer = setTimeout(done, Math.min(IDLE_MS, this.options.retryMs));
      // A twin that is done with everything else need not wait for messages.
      timer.unref();
      this.wakeUp = done;
    });
  }
}
