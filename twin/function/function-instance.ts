import * as path from "node:path";
import { Worker } from "node:worker_threads";

export interface InstanceOptions {
  readonly name: string;
  /** Absolute path of the file the handler is in. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds an invocation may take. */
  readonly timeoutSeconds: number;
  /** Epoch milliseconds that Date.now gives inside the function. */
  readonly clock: () => number;
  /** Gets what the function prints. */
  readonly log: (text: string) => void;
}

/** What the thread says of an event. */
type Reply = { readonly result?: unknown } | { readonly error: string };

/** Larger than the login function's heap has ever been, and a tenth of what V8 would let it grow to. */
const HEAP_MIB = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 };

/**
 * One execution environment of a Lambda function: a thread with the function's own environment and nothing of
 * the twin's. It answers one event at a time, as Lambda has it, and its time-out ends it.
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
      resourceLimits: HEAP_MIB,
      stdout: true,
      stderr: true,
    });
    this.worker.stdout.on("data", (chunk: Buffer) => log(chunk.toString()));
    this.worker.stderr.on("data", (chunk: Buffer) => log(chunk.toString()));
    this.worker.on("message", (reply: Reply) => this.settle?.(reply));
    this.worker.on("error", (error) => void this.end(`${name} failed: ${error.message}`));
    this.worker.on("exit", () => void this.end(`${name} ended its process`));
    // Nobody waits for an instance without an event.
    this.worker.unref();
  }

  /** False once the instance takes no further event. */
  get isAlive(): boolean {
    return !this.ended;
  }

  /** What the handler returns. Rejects with what it throws, or when it takes too long. */
  async run(id: string, event: unknown): Promise<unknown> {
    const { timeoutSeconds, name, clock } = this.options;
    const reply = await new Promise<Reply>((resolve) => {
      const timer = setTimeout(() => {
        void this.end(`${name} timed out after ${timeoutSeconds} seconds`);
      }, timeoutSeconds * 1000);
      this.settle = (given) => {
        clearTimeout(timer);
        this.settle = undefined;
        resolve(given);
      };
      const now = clock();
      this.worker.postMessage({
        id,
        event,
        deadline: now + timeoutSeconds * 1000,
        ahead: now - Date.now(),
      });
    });
    if ("error" in reply) throw new Error(reply.error);
    return reply.result;
  }

  /** Ends the thread; the event under way fails with the reason. */
  async end(reason: string): Promise<void> {
    this.ended = true;
    this.settle?.({ error: reason });
    await this.worker.terminate();
  }
}
