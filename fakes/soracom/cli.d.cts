/** Input and output of one run of the stand-in CLI. */
export interface CliIo {
  env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
  /** Runs the profile command and returns its stdout. */
  exec(command: string, env: NodeJS.ProcessEnv): string;
  /** Reused connections, for runs in the same process. */
  agent?: import("node:http").Agent;
}

/** Runs one command and resolves to the exit code. */
export function run(argv: readonly string[], io: CliIo): Promise<number>;
/** Runs this process's own arguments. */
export function main(): Promise<void>;
/** Runs a profile command as a process, without a shell. */
export function execProfileCommand(command: string, env: NodeJS.ProcessEnv): string;
