import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

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
  /** Epoch milliseconds that Date.now gives inside the function. Default: this machine's. */
  readonly clock?: () => number;
  /** Gets what the function prints. */
  readonly log: (text: string) => void;
  /** Instances at most. Default: one for each core, from two to four. */
  readonly instances?: number;
}

/**
 * Runs a Lambda function's own archive. As in Lambda an instance answers one event at a time, and there are more
 * of them when more events come at once; where Lambda starts a thousand, this machine has cores for a few, and
 * events wait their turn for those. The wait counts for no time-out: in Lambda there would be none.
 */
export class FunctionRunner {
  /** The one used last is last, and is used first: it remembers most. */
  private readonly idle: FunctionInstance[] = [];
  private readonly busy = new Set<FunctionInstance>();
  private readonly queue: ((instance: FunctionInstance | undefined) => void)[] = [];
  private readonly most: number;
  private closed = false;

  constructor(private readonly options: FunctionOptions) {
    this.most = options.instances ?? Math.min(4, Math.max(2, os.availableParallelism()));
    fs.mkdirSync(options.folder, { recursive: true });
    for (const [file, text] of Object.entries(options.files)) {
      fs.writeFileSync(path.join(options.folder, path.basename(file)), text);
    }
  }

  /** What the handler returns for the event. Rejects with what it throws, or when it takes too long. */
  async invoke(event: unknown): Promise<unknown> {
    const instance = await this.claim();
    if (instance === undefined) throw new Error(this.stopped);
    try {
      return await instance.run(randomUUID(), event);
    } finally {
      this.release(instance);
    }
  }

  /** Ends every instance; events under way and those that wait fail. */
  async close(): Promise<void> {
    this.closed = true;
    for (const refuse of this.queue.splice(0)) refuse(undefined);
    const instances = [...this.busy, ...this.idle.splice(0)];
    await Promise.all(instances.map((instance) => instance.end(this.stopped)));
  }

  private get stopped(): string {
    return `${this.options.name} was stopped`;
  }

  private async claim(): Promise<FunctionInstance | undefined> {
    if (this.closed) return undefined;
    const instance = this.idleOne() ?? this.started();
    return instance ?? new Promise((resolve) => this.queue.push(resolve));
  }

  /** The next in the queue has it, or a fresh one when this one has ended. */
  private release(instance: FunctionInstance): void {
    this.busy.delete(instance);
    if (this.closed) return;
    if (instance.isAlive) this.idle.push(instance);
    const next = this.queue.shift();
    next?.(this.idleOne() ?? this.started());
  }

  private idleOne(): FunctionInstance | undefined {
    for (let instance = this.idle.pop(); instance !== undefined; instance = this.idle.pop()) {
      if (!instance.isAlive) continue;
      this.busy.add(instance);
      return instance;
    }
    return undefined;
  }

  private started(): FunctionInstance | undefined {
    if (this.busy.size >= this.most) return undefined;
    const { folder, handler, clock = Date.now, ...options } = this.options;
    const [file, exportName] = handler.split(".");
    const instance = new FunctionInstance({
      ...options,
      file: path.resolve(folder, `${file}.js`),
      exportName,
      clock,
    });
    this.busy.add(instance);
    return instance;
  }
}
