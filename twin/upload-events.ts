import * as fs from "node:fs";
import * as path from "node:path";

import { EvaluatedStack, label, ofType } from "../lib/stack/resource";
import type { BusEvent } from "./events/transfer-events";
import { EventSource } from "./queue/event-source";
import type { Queue } from "./queue/queue";
import { openQueues } from "./queue/queues";
import { S3Gate } from "./store/gate";
import { ObjectTags } from "./store/object-tags";
import type { ObjectStore } from "./store/object-store";
import { EventRule, eventRules } from "./wiring/event-rules";
import { refusalOf } from "./wiring/object-access";
import { QueueSource, queueSources } from "./wiring/queue-sources";
import { runStackFunction } from "./wiring/stack-function";

export interface UploadEventsOptions {
  readonly stack: EvaluatedStack;
  /** Folder the twin keeps everything in. */
  readonly data: string;
  readonly region: string;
  readonly buckets: ReadonlyMap<string, ObjectStore>;
  /** Told what the stack's wiring, or a function of the user's, does wrong. */
  readonly onFault: (text: string) => void;
  /** Milliseconds until a message that failed comes again: AWS waits for the queue's visibility time-out, people do not. */
  readonly retryMs?: number;
  /** Milliseconds that a stop waits for messages to be taken. */
  readonly drainMs?: number;
}

/**
 * What happens after an upload: Transfer's events, through the rules, queues and functions that the stack makes, each
 * as its own policies allow. A device never waits for any of it: its event is put into a folder, and everything else
 * comes after its 226.
 */
export class UploadEvents {
  private readonly sources = new Map<string, EventSource>();
  private readonly behind: { close(): Promise<void> }[] = [];

  private constructor(
    private readonly rules: readonly EventRule[],
    private readonly queues: ReadonlyMap<string, Queue>,
    private readonly options: UploadEventsOptions,
  ) {}

  /** @throws WiringError for what AWS would not make, and for what the twin cannot serve as AWS would */
  static async open(options: UploadEventsOptions): Promise<UploadEvents> {
    const { stack, data, onFault } = options;
    const rules = eventRules(stack);
    const queues = openQueues(stack, data, (name, { id, receives }) =>
      onFault(
        `${name} gives message ${id} up after ${receives} times; it is in the dead-letter queue (canal-ftp redrive --list).`,
      ),
    );
    const opened = new UploadEvents(rules, queues, options);
    try {
      for (const found of queueSources(stack)) await opened.start(found);
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  }

  /** Delivers an event to every rule that matches it. */
  readonly put = (event: BusEvent): void => {
    for (const { resource, matches, targets } of this.rules) {
      if (!matches({ ...event })) continue;
      for (const { queueArn, refusal, deadLetterArn } of targets) {
        if (refusal !== undefined) {
          const end = deadLetterArn ? "it is in the dead-letter queue" : "it is lost";
          this.options.onFault(
            `${label(resource)} could not deliver an event: ${refusal}; ${end}.`,
          );
        }
        const arn = refusal === undefined ? queueArn : deadLetterArn;
        if (arn === undefined) continue;
        this.queues.get(arn)?.send(JSON.stringify(event));
        this.sources.get(arn)?.wake();
      }
    }
  };

  async close(): Promise<void> {
    const { drainMs = 5000 } = this.options;
    await Promise.all([...this.sources.values()].map((source) => source.close(drainMs)));
    for (const one of this.behind.splice(0).reverse()) await one.close();
  }

  private async start(found: QueueSource): Promise<void> {
    const { function: resource, queueArn, batchSize, reportsFailures } = found;
    const { data, region, onFault, retryMs = 1000 } = this.options;
    const gate = this.gateOf(found);
    this.behind.push(gate);
    // One file for all: a stack has one such function, and who has two can tell them apart by what they print.
    const log = path.join(data, "logs", "upload-events.log");
    const runner = await runStackFunction(resource, {
      region,
      folder: path.join(data, "functions"),
      environment: { AWS_ENDPOINT_URL_S3: await gate.listen() },
      log: (text) => fs.appendFileSync(log, text),
      instances: 1,
    });
    this.behind.push(runner);
    const source = new EventSource({
      queue: this.queues.get(queueArn)!,
      ...{ queueArn, region, batchSize, reportsFailures, retryMs },
      invoke: (event) => runner.invoke(event),
      onFailure: (text) => onFault(`${label(resource)}: ${text} Its log is ${log}.`),
    });
    this.sources.set(queueArn, source);
    source.start();
  }

  private gateOf({ function: resource, role }: QueueSource): S3Gate {
    const { stack, data, buckets, onFault } = this.options;
    const settings = ofType(stack.resources, "aws:s3/bucketVersioning:BucketVersioning");
    const versioned = new Set(settings.map(({ outputs }) => outputs.bucket));
    return new S3Gate({
      bucketNamed(name) {
        const store = buckets.get(name);
        const tags = new ObjectTags(path.join(data, "tags", name));
        return store && { store, tags, versioned: versioned.has(name) };
      },
      allows(request) {
        const refusal = refusalOf(stack, role, request);
        if (refusal !== undefined) onFault(`${label(resource)} may not use S3: ${refusal}`);
        return refusal === undefined;
      },
    });
  }
}
