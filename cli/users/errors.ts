import { AwsError } from "../../lambdas/identity-provider/stores/aws-json";
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

/** Causes of DynamoDB's errors. */
const causes: Record<string, string> = {
  ResourceNotFoundException: "there is no such table in this region and account",
  UnrecognizedClientException: "the AWS credentials are not valid",
  ExpiredTokenException: "the AWS credentials have expired",
  Unreachable: "DynamoDB cannot be reached over the network",
  Timeout: "DynamoDB does not respond",
};

/** An error of the table as a UserError with its cause; any other error as it is. */
export function explainTableError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const cause = causes[error.code];
  const message = cause === undefined ? error.message : `${error.message}: ${cause}`;
  return new UserError(message, exitCodes.failed, error.code);
}
