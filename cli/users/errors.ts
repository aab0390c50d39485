import { exitCodes, UserError } from "../core/errors";

/** A user is not in the state that the command needs: it exists, does not exist, has no second password. */
export class UserStateError extends UserError {
  override readonly name = "UserStateError";

  constructor(code: string, message: string) {
    super(message, exitCodes.failed, code);
  }
}

/** The users cannot be reached. */
export function unreachable(message: string): UserError {
  return new UserError(message, exitCodes.failed, "unreachable");
}
