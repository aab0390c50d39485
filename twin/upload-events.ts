import * as path from "node:path";

import { EvaluatedStack, label, ofType } from "../lib/stack/resource";
import type { BusEvent } from "./events/transfer-events";
import type { FunctionRunner } from "./function/function-runner";
import { invokeEndpoint } from "./function/invoke-endpoint";
import { LogFile } from "./log-file";
import type { LoopbackServer } from "./loopback-server";
import { EventSourceMapping } from "./queue/event-source-mapping";
import type { Queue } from "./queue/queue";
import { openQueues } from "./queue/queues";
import { functionS3 } from "./store/function-s3";
import { bucketTags } from "./store/buckets";
import type { ObjectStore } from "./store/object-store";
import { EventRule, eventRules } from "./wiring/event-rules";
import { objectRefusal } from "./wiring/object-access";
import { QueueSource, queueSources } from "./wiring/queue-sources";
import { roleRefusal } from "./wiring/roles";
import { runStackFunction, type RunOptions } from "./wiring/stack-function";

export interface UploadEventsOptions {
  readonly stack: EvaluatedStack;
  /** Folder of the twin's data. */
  readonly data: string;
  readonly region: string;
  readonly buckets: ReadonlyMap<string, ObjectStore>;
  /** Receives failures of the stack's wiring and of its functions. */
  readonly onFault: (text: string) => void;
  /** Milliseconds in place of the queue's visibility time-out, and of its delivery delay where that is longer. Default: 1000. */
  readonly retryMs?: number;
  /** Milliseconds that `close` waits for messages to be processed. Default: 5000. */
  readonly drainMs?: number;
}

/**
 * Delivers Transfer Family's events through the rules, queues and functions of the stack, as their policies allow. No
 * device waits for it: the event is written to a folder, and everything else happens after the device's reply.
 */
export class UploadEvents {
  private readonly mappings = new Map<string, EventSourceMapping>();
  private readonly services: { close(): Promise<void> }[] = [];

  private constructor(
    private readonly rules: readonly EventRule[],
    private readonly queues: ReadonlyMap<string, Queue>,
    private readonly options: UploadEventsOptions,
  ) {}

  /** @throws WiringError for resources that AWS would not create or that the twin cannot serve as AWS does */
  static async open(options: UploadEventsOptions): Promise<UploadEvents> {
    const { stack, data, onFault, retryMs = 1000 } = options;
    const rules = eventRules(stack);
    const queues = openQueues(
      stack,
      data,
      (name, { id, receives }) =>
        onFault(
          `${name}: message ${id} failed ${receives} times and is now in the dead-letter queue (canal-ftp redrive --list).`,
        ),
      retryMs,
    );
    const events = new UploadEvents(rules, queues, options);
    try {
      for (const source of queueSources(stack)) await events.start(source);
    } catch (error) {
      await events.close();
      throw error;
    }
    return events;
  }

  /** Delivers an event to every rule that matches it. */
  readonly put = (event: BusEvent): void => {
    for (const { resource, matches, targets } of this.rules) {
      if (!matches({ ...event })) continue;
      for (const { queueArn, refusal, deadLetterArn } of targets) {
        if (refusal !== undefined) {
          const result = deadLetterArn ? "it is in the dead-letter queue" : "it is lost";
          this.options.onFault(
            `${label(resource)} could not deliver an event: ${refusal}; ${result}.`,
          );
        }
        const arn = refusal === undefined ? queueArn : deadLetterArn;
        if (arn === undefined) continue;
        this.send(arn, event);
      }
    }
  };

  /** A failure of a queue must not affect devices. */
  private send(queueArn: string, event: BusEvent): void {
    try {
      this.queues.get(queueArn)?.send(JSON.stringify(event));
    } catch (error) {
      const reason = (error as Error).message;
      this.options.onFault(`${queueArn} cannot be written: ${reason}. An event is lost.`);
    }
    this.mappings.get(queueArn)?.wake();
  }

  async close(): Promise<void> {
    const { drainMs = 5000 } = this.options;
    await Promise.all([...this.mappings.values()].map((mapping) => mapping.close(drainMs)));
    for (const service of this.services.splice(0).reverse()) await service.close();
  }

  private async start(queueSource: QueueSource): Promise<void> {
    const { function: resource, queueArn, batchSize, reportsFailures } = queueSource;
    const { data, region, onFault, retryMs = 1000 } = this.options;
    const s3 = this.s3For(queueSource);
    this.services.push(s3);
    // One log file is enough: a stack normally has one such function.
    const log = path.join(data, "logs", "upload-events.log");
    const file = new LogFile(log, onFault);
    const options = {
      region,
      folder: path.join(data, "functions"),
      log: (text: string) => void file.append(text),
      instances: 1,
    };
    const invocations = this.invocationsBy(queueSource, options);
    this.services.push(invocations);
    const runner = await runStackFunction(resource, {
      ...options,
      environment: {
        AWS_ENDPOINT_URL_S3: await s3.listen(),
        AWS_ENDPOINT_URL_LAMBDA: await invocations.listen(),
      },
    });
    this.services.push(runner);
    const mapping = new EventSourceMapping({
      queue: this.queues.get(queueArn)!,
      ...{ queueArn, region, batchSize, reportsFailures, retryMs },
      invoke: (event) => runner.invoke(event),
      onFailure: (text) => onFault(`${label(resource)}: ${text} Its log is ${log}.`),
    });
    this.mappings.set(queueArn, mapping);
    mapping.start();
  }

  /** Invocations of other functions: those of the stack run here; of others only a notice is given. */
  private invocationsBy(
    { role }: QueueSource,
    options: Omit<RunOptions, "environment">,
  ): LoopbackServer {
    const { stack, onFault } = this.options;
    const runners = new Map<string, Promise<FunctionRunner>>();
    return invokeEndpoint({
      refusal: (functionArn) => roleRefusal(role, "lambda:InvokeFunction", functionArn),
      invoke: async (functionArn, event) => {
        const target = ofType(stack.resources, "aws:lambda/function:Function").find(
          ({ outputs }) => outputs.arn === functionArn,
        );
        if (target === undefined) {
          onFault(`${functionArn} is not a function of the stack: the twin did not invoke it.`);
          return undefined;
        }
        const runner =
          runners.get(functionArn) ?? runStackFunction(target, { ...options, environment: {} });
        if (!runners.has(functionArn)) {
          runners.set(functionArn, runner);
          this.services.push(await runner);
        }
        return (await runner).invoke(event as object);
      },
    });
  }

  private s3For({ function: resource, role }: QueueSource): LoopbackServer {
    const { stack, data, buckets, onFault } = this.options;
    const settings = ofType(stack.resources, "aws:s3/bucketVersioning:BucketVersioning");
    const versioned = new Set(settings.map(({ outputs }) => outputs.bucket));
    return functionS3({
      bucketNamed(name) {
        const store = buckets.get(name);
        return store && { store, tags: bucketTags(data, name), versioned: versioned.has(name) };
      },
      allows(request) {
        const refusal = objectRefusal(stack, role, request);
        if (refusal !== undefined) onFault(`${label(resource)} may not use S3: ${refusal}`);
        return refusal === undefined;
      },
    });
  }
}
