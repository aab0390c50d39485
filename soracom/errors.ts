/**
 * The errors of commands. A failed call is either an error response of SORACOM (ApiError) or has no usable response
 * (NoResponseError). After a NoResponseError it is unknown whether the change was made. After an ApiError it usually
 * was not, but the CLI does not distinguish 429 and 5xx from other statuses. The caller reads the state in both
 * cases.
 */

/** An error whose message is for the user and contains the remedy. Printed unchanged; not retried. */
export class DriverError extends Error {
  override readonly name: string = "DriverError";
}

/** The run received SIGTERM or SIGINT and stopped between two calls. */
export class Stopped extends DriverError {
  override readonly name = "Stopped";
}

/** SORACOM returned its error body `{"code","message"}`. Compare `code`; messages are localised. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The CLI words that were refused, for example `vpg terminate`, or the operation of the API. */
    readonly operation: string,
    readonly code: string,
    readonly detail: string,
    /** The status of the reply; undefined when the CLI does not report it. */
    readonly status?: number,
  ) {
    super(`SORACOM refused "${operation}": ${code} ${detail}`);
  }
}

/** No usable response: a timeout, a lost connection, or an error page instead of an error body. */
export class NoResponseError extends Error {
  override readonly name = "NoResponseError";

  constructor(
    readonly operation: string,
    readonly detail: string,
  ) {
    super(`"${operation}" got no answer from SORACOM: ${detail}`);
  }
}

/** SORACOM has no such SIM. Another attempt would not help; other SIMs are not affected. */
export class UnknownSimError extends Error {
  override readonly name = "UnknownSimError";

  constructor(readonly simId: string) {
    super(
      "SORACOM has no SIM with this id: check the id, and that the SIM belongs to the key's operator and coverage",
    );
  }
}

/** Whether the call itself failed, so that the caller must read SORACOM's state. */
export function isFailedCall(error: unknown): error is ApiError | NoResponseError {
  return error instanceof ApiError || error instanceof NoResponseError;
}
