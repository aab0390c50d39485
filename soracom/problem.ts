/**
 * Why a command could not be carried out. Two kinds matter to the code: an answer SORACOM gave
 * (Refusal) and no usable answer at all (Trouble). After Trouble it is unknown whether the change was
 * made; after a Refusal it mostly was not, but the CLI does not separate 429 and 5xx from other statuses,
 * so the caller reads the state afterwards in both cases.
 */

/** A sentence for the deployer, with the remedy. Printed as it is; trying again would not help. */
export class Problem extends Error {
  override readonly name: string = "Problem";
}

/** The run was asked to stop (SIGTERM, SIGINT) and did so between two calls. */
export class Stopped extends Problem {
  override readonly name = "Stopped";
}

/** SORACOM answered with its error body `{"code","message"}`. Match on `code`; messages are localised. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    /** The CLI words that were refused, for example `vpg terminate`. */
    readonly operation: string,
    readonly code: string,
    readonly detail: string,
  ) {
    super(`SORACOM refused "${operation}": ${code} ${detail}`);
  }
}

/** No answer: time-out, cut connection, an error page in place of an error body. */
export class Trouble extends Error {
  override readonly name = "Trouble";

  constructor(
    readonly operation: string,
    readonly detail: string,
  ) {
    super(`"${operation}" got no answer from SORACOM: ${detail}`);
  }
}

/** Whether the call itself failed, so that reading SORACOM's state shows how things are. */
export function isFailedCall(error: unknown): error is Refusal | Trouble {
  return error instanceof Refusal || error instanceof Trouble;
}
