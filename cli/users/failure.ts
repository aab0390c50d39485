import { AwsError } from "../../lambdas/identity-provider/stores/aws-json";

/** How the command ends, for scripts that call it. */
export const exitCodes = {
  /** All was done. */
  done: 0,
  /** The table could not be reached, a file could not be read, or there was a fault of the command's own. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** A user is not as the command needs: there already, not there, without a second password. */
  refused: 3,
  /** An import is through, and some of its lines could not be added. */
  incomplete: 4,
} as const;

/** Why a command was not carried out, in words for whoever typed it. */
export class Failure extends Error {
  override readonly name = "Failure";

  /** @param code - For machines, such as `no-such-user`. */
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

/** The users cannot be got at. */
export function unreachable(message: string): Failure {
  return new Failure("unreachable", message);
}

/** A user is not as the command needs. */
export function refusal(code: string, message: string): Failure {
  return new Failure(code, message, exitCodes.refused);
}

/** The command line makes no sense. */
export function misuse(message: string): Failure {
  return new Failure("usage", message, exitCodes.usage);
}

/** What somebody can do about an error of DynamoDB. */
const hints: Record<string, string> = {
  ResourceNotFoundException: "there is no such table in this region and account",
  UnrecognizedClientException: "the AWS credentials are not valid",
  ExpiredTokenException: "the AWS credentials have expired",
  Unreachable: "the network does not reach DynamoDB",
  Timeout: "DynamoDB does not answer",
};

/** Whatever was thrown, as a failure: what a user can mend is one message, a fault of our own shows where it is. */
export function failureOf(error: Error): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof AwsError) {
    const hint = hints[error.code];
    return new Failure(
      error.code,
      hint === undefined ? error.message : `${error.message}: ${hint}`,
    );
  }
  const isFault = error instanceof TypeError || error instanceof RangeError;
  return new Failure("failed", (isFault && error.stack) || error.message);
}
