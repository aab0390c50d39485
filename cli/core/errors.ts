/** Exit codes of every command. */
export const exitCodes = {
  ok: 0,
  /** A check failed, or the command failed. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Some checks were not possible, and no other failed. */
  unchecked: 3,
} as const;

/** An error that the user can resolve. Its message states what is wrong and what to do; no stack trace is shown. */
export class UserError extends Error {
  override readonly name: string = "UserError";

  /** @param code - For machines, such as `no-such-user`. */
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
    readonly code?: string,
  ) {
    super(message);
  }
}

/** A wrong command line. */
export function usageError(message: string): UserError {
  return new UserError(message, exitCodes.usage, "usage");
}

/** Any thrown value as a UserError. Only an error of the program itself shows its stack trace. */
export function toUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error)) return new UserError(String(error));
  const isFault =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return new UserError((isFault && error.stack) || error.message);
}
