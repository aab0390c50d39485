import * as fs from "node:fs";

/** The contents of a lock file. The endpoint is added when the tables are open. */
interface Holder {
  readonly pid: number;
  readonly endpoint?: string;
}

/** Milliseconds a holder may take to open its tables. */
const openingMs = 10_000;

/**
 * Limits a folder of tables to one process, as LevelDB requires. A lock whose holder has crashed is replaced.
 */
export class FolderLock {
  private constructor(private readonly file: string) {}

  /** @throws Error that names the process that holds the lock */
  static async acquire(file: string): Promise<FolderLock> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        fs.writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx", mode: 0o600 });
        return new FolderLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(file);
      if (await isHeld(file, holder)) {
        throw new Error(
          `Process ${holder?.pid} has these tables open (${file}). Stop it, or use another folder with --data.`,
        );
      }
      fs.rmSync(file, { force: true });
    }
    throw new Error(`Another process has just taken ${file}. Try again.`);
  }

  /** Writes the holder's endpoint to the lock file. */
  publishEndpoint(endpoint: string): void {
    fs.writeFileSync(this.file, JSON.stringify({ pid: process.pid, endpoint }));
  }

  release(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** Whether a process runs and answers at its endpoint: another program may have its number now. */
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
  return Date.now() - mtimeMs < openingMs;
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
    // Any HTTP response will do: the tables answer an unsigned request with an error.
    await fetch(endpoint, { method: "POST", body: "{}", signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  }
}
