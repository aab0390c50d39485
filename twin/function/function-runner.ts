import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import pLimit from "p-limit";

import { type Clock, systemClock } from "../clock";
import { FunctionInstance } from "./function-instance";

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
  /** Measures time-outs. Default: the system's clock. */
  readonly clock?: Clock;
  /** Receives the function's output. */
  readonly log: (text: string) => void;
  /** The most instances at a time. Default: one for each core, from two to four. */
  readonly instances?: number;
}

/**
 * Runs the code in a Lambda function's archive. As in Lambda an instance handles one event at a time, and simultaneous
 * events start more of them. Lambda can start a thousand; here events beyond the limit wait for an instance. The wait
 * does not count towards the time-out, because Lambda has none.
 */
export class FunctionRunner {
  private readonly instances = new Set<FunctionInstance>();
  /** The instance used last is taken first: it has cached most. */
  private readonly idle: FunctionInstance[] = [];
  private readonly limit: ReturnType<typeof pLimit>;
  private closed = false;

  constructor(private readonly options: FunctionOptions) {
    this.limit = pLimit(options.instances ?? Math.min(4, Math.max(2, os.availableParallelism())));
    this.unpack();
  }

  /** The handler's result for the event. Rejects with the handler's error, or after the time-out. */
  invoke(event: unknown): Promise<unknown> {
    return this.limit(async () => {
      if (this.closed) throw new Error(this.stopped);
      const instance = this.takeIdle() ?? this.startInstance();
      try {
        return await instance.run(randomUUID(), event);
      } finally {
        this.idle.push(instance);
      }
    });
  }

  /** Ends every instance; events in progress and waiting events fail. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.instances].map((instance) => instance.end(this.stopped)));
  }

  private get stopped(): string {
    return `${this.options.name} was stopped`;
  }

  private takeIdle(): FunctionInstance | undefined {
    for (let instance = this.idle.pop(); instance !== undefined; instance = this.idle.pop()) {
      if (instance.isAlive) return instance;
      this.instances.delete(instance);
    }
    return undefined;
  }

  private unpack(): void {
    const { folder, files } = this.options;
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, path.basename(file)), text);
    }
  }

  private startInstance(): FunctionInstance {
    const { name, folder, handler, environment, timeoutSeconds, log } = this.options;
    const [file, exportName] = handler.split(".");
    // The folder may have been removed while the twin runs.
    if (!fs.existsSync(path.resolve(folder, `${file}.js`))) this.unpack();
    const instance = new FunctionInstance({
      ...{ name, exportName, environment, timeoutSeconds, log },
      file: path.resolve(folder, `${file}.js`),
      clock: this.options.clock ?? systemClock,
    });
    this.instances.add(instance);
    return instance;
  }
}
