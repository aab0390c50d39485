import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Worker } from "node:worker_threads";

export interface FunctionOptions {
  readonly name: string;
  /** Files of the function's archive, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** File and export, for example `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds an invocation may take. */
  readonly timeoutSeconds: number;
  /** Folder to unpack the archive into. */
  readonly folder: string;
  /** Epoch milliseconds that Date.now gives inside the function. Default: this machine's. */
  readonly clock?: () => number;
  /** Gets what the function prints. */
  readonly log: (text: string) => void;
}

interface Reply {
  readonly id: string;
  readonly result?: unknown;
  readonly error?: string;
}

/**
 * Runs a Lambda function's own archive in a thread with the function's own environment and nothing of the
 * twin's. An invocation that takes longer than the function's time-out ends the thread, as it ends a Lambda
 * execution environment; the next one starts cold.
 */
export class FunctionRunner {
  private worker?: Worker;
  private readonly waiting = new Map<string, (reply: Reply) => void>();

  constructor(private readonly options: FunctionOptions) {
    fs.mkdirSync(options.folder, { recursive: true });
    for (const [file, text] of Object.entries(options.files)) {
      fs.writeFileSync(path.join(options.folder, path.basename(file)), text);
    }
  }

  /** What the handler returns for the event. Rejects with what it throws, or when it takes too long. */
  invoke(event: unknown): Promise<unknown> {
    const id = randomUUID();
    const { timeoutSeconds, name, clock = Date.now } = this.options;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void this.end(`${name} timed out after ${timeoutSeconds} seconds`);
      }, timeoutSeconds * 1000);
      this.waiting.set(id, (reply) => {
        clearTimeout(timer);
        if (reply.error === undefined) resolve(reply.result);
        else reject(new Error(reply.error));
      });
      const ahead = clock() - Date.now();
      const deadline = clock() + timeoutSeconds * 1000;
      this.started().postMessage({ id, event, deadline, ahead });
    });
  }

  async close(): Promise<void> {
    await this.end(`${this.options.name} was stopped`);
  }

  private started(): Worker {
    return (this.worker ??= this.start());
  }

  private start(): Worker {
    const { folder, handler, name, environment, log } = this.options;
    const [file, exportName] = handler.split(".");
    const worker = new Worker(path.join(__dirname, "worker.cjs"), {
      workerData: { file: path.resolve(folder, `${file}.js`), exportName, functionName: name },
      env: { ...environment },
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.stdout.on("data", (chunk: Buffer) => log(chunk.toString()));
    worker.stderr.on("data", (chunk: Buffer) => log(chunk.toString()));
    worker.on("message", (reply: Reply) => {
      const settle = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      settle?.(reply);
    });
    worker.on("error", (error) => {
      if (worker === this.worker) void this.end(`${name} failed: ${error.message}`);
    });
    worker.unref();
    return worker;
  }

  /** Everything under way fails with the reason; the next invocation starts anew. */
  private async end(reason: string): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    const waiting = [...this.waiting.entries()];
    this.waiting.clear();
    for (const [id, settle] of waiting) settle({ id, error: reason });
    await worker?.terminate();
  }
}
