import * as path from "node:path";
import { Worker } from "node:worker_threads";

import type { Clock } from "../clock";

export interface InstanceOptions {
  readonly name: string;
  /** Absolute path of the file that exports the handler. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds an invocation may take. */
  readonly timeoutSeconds: number;
  /** Measures the time-out. */
  readonly clock: Clock;
  /** Receives the function's output. */
  readonly log: (text: string) => void;
}

/** The worker's reply to an event. */
type Reply = { readonly result?: unknown } | { readonly error: string };

/** Above the largest heap measured for the login function, and a tenth of V8's own limit. */
const heapLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 };

/**
 * One execution environment of a Lambda function: a worker thread with the function's own environment and none of the
 * twin's. As in Lambda it handles one event at a time, and a time-out ends it.
 */
export class FunctionInstance {
  private readonly worker: Worker;
  private settle: ((reply: Reply) => void) | undefined;
  private ended = false;

  constructor(private readonly options: InstanceOptions) {
    const { file, exportName, name, environment, log } = options;
    this.worker = new Worker(path.join(__dirname, "worker.cjs"), {
      workerData: { file, exportName, functionName: name },
      env: { ...environment },
      execArgv: [],
      resourceLimits: heapLimits,
      stdout: true,
      stderr: true,
    });
    this.worker.stdout.on("data", (chunk: Buffer) => log(chunk.toString()));
    this.worker.stderr.on("data", (chunk: Buffer) => log(chunk.toString()));
    this.worker.on("message", (reply: Reply) => this.settle?.(reply));
    this.worker.on("error", (error) => void this.end(`${name} failed: ${error.message}`));
    this.worker.on("exit", () => void this.end(`${name} ended its process`));
    // An idle instance must not keep the process running.
    this.worker.unref();
  }

  /** False once the instance accepts no further event. */
  get isAlive(): boolean {
    return !this.ended;
  }

  /** The handler's result. Rejects with the handler's error, or after the time-out. */
  async run(id: string, event: unknown): Promise<unknown> {
    const { timeoutSeconds, name, clock } = this.options;
    const timeoutMs = timeoutSeconds * 1000;
    const reply = await new Promise<Reply>((resolve) => {
      const timer = clock.after(timeoutMs, () => {
        void this.end(`${name} timed out after ${timeoutSeconds} seconds`);
      });
      this.settle = (given) => {
        timer.cancel();
        this.settle = undefined;
        resolve(given);
      };
      this.worker.postMessage({ id, event, deadline: Date.now() + timeoutMs });
    });
    if ("error" in reply) throw new Error(reply.error);
    return reply.result;
  }

  /** Ends the thread; an event in progress fails with the reason. */
  async end(reason: string): Promise<void> {
    this.ended = true;
    this.settle?.({ error: reason });
    await this.worker.terminate();
  }
}
