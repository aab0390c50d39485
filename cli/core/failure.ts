import { Problem, Stopped } from "../../soracom/problem";

/** How the commands end, for scripts that call them. */
export const exitCodes = {
  done: 0,
  /** Something differs (status), is missing (doctor), or the command could not be carried out. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** Some of what was to be looked at could not be, and nothing that could be differs. */
  unknown: 3,
  /** Some of the SIMs are not as they should be. */
  incomplete: 4,
} as const;

/** Why a command was not carried out, in words for whoever typed it. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

/** The command line makes no sense. */
export function misuse(message: string): Failure {
  return new Failure(message, exitCodes.usage);
}

/** Whatever was thrown, as a failure: what can be mended is a sentence, a fault of our own shows where it is. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Problem) return new Failure(error.message);
  return new Failure((error as Error).stack ?? String(error));
}

/** Whether the run was asked to stop. */
export function isStopped(error: unknown): boolean {
  return error instanceof Stopped;
}
