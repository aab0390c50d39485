import type { RunCli } from "../../soracom/run-cli";
import type { RunTool } from "./tool";

/** What surrounds a command: a terminal and this machine, or a test's. */
export interface Surroundings {
  /** Folder of the program. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Results. */
  out(text: string): void;
  /** Everything else. */
  error(text: string): void;
  /** Whether `error` is a terminal, where a line can be written over. */
  readonly errorIsTerminal: boolean;
  /** Aborted when the command is to stop. */
  readonly stop: AbortSignal;
  /** Runs pulumi and aws. */
  readonly runTool: RunTool;
  /** Runs the SORACOM CLI. Default: as a process. */
  readonly runCli?: RunCli;
}
