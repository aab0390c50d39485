/** A policy that AWS would reject, or that contains an element unknown to this evaluator. */
export class PolicyError extends Error {
  constructor(
    /** The resource that carries the policy. */
    readonly source: string,
    /** For example `Statement[1].Action`. */
    readonly element: string,
    problem: string,
  ) {
    super(`${element} of ${source} ${problem}`);
    this.name = "PolicyError";
  }
}

/** @throws PolicyError always. */
export function fail(source: string, element: string, problem: string): never {
  throw new PolicyError(source, element, problem);
}

/** @throws PolicyError for an unknown member: it might be a restriction. */
export function rejectUnknown(
  source: string,
  element: string,
  record: Record<string, unknown>,
  known: readonly string[],
): void {
  const unknown = Object.keys(record).find((member) => !known.includes(member));
  if (unknown !== undefined)
    fail(source, element, `has the unknown element ${JSON.stringify(unknown)}`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
