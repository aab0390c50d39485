import * as fs from "node:fs";

/** What a lock file says of its holder; the endpoint comes when the tables are open. */
interface Holder {
  readonly pid: number;
  readonly endpoint?: string;
}

/** Milliseconds a holder may take to open its tables. */
const opening = 10_000;

/**
 * Keeps a folder of tables to one process, which is all LevelDB takes. A lock whose holder is gone, by a crash or
 * a power cut, is taken over.
 */
export class Lock {
  private constructor(private readonly file: string) {}

  /** @throws Error that names the process in the way */
  static async take(file: string): Promise<Lock> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        fs.writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx", mode: 0o600 });
        return new Lock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(file);
      if (await isHeld(file, holder)) {
        throw new Error(`Process ${holder?.pid} has these tables open (${file}).`);
      }
      fs.rmSync(file, { force: true });
    }
    throw new Error(`Another process took ${file} at this moment.`);
  }

  /** Tells others where the holder answers. */
  announce(endpoint: string): void {
    fs.writeFileSync(this.file, JSON.stringify({ pid: process.pid, endpoint }));
  }

  release(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** Whether a process is there and answers at its endpoint: a number alone may be another program's by now. */
export async function isAlive(pid: number, endpoint: string): Promise<boolean> {
  return isRunning(pid) && (await answers(endpoint));
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

async function isHeld(file: string, holder: Holder | undefined): Promise<boolean> {
  if (!holder || !isRunning(holder.pid)) return false;
  if (holder.endpoint !== undefined) return answers(holder.endpoint);
  const { mtimeMs = 0 } = fs.statSync(file, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs < opening;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    // Anything that speaks HTTP there will do: the tables answer an unsigned request with an error of theirs.
    await fetch(endpoint, { method: "POST", body: "{}", signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  }
}
