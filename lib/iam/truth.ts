/**
 * Three-valued logic: true, false, or undefined for "this evaluator cannot tell". It lets an unknown
 * condition travel up to the statement, where an Allow needs true and a Deny needs only "not false":
 * what cannot be told never opens a door.
 */
export type Truth = boolean | undefined;

/** False when one is false, true when all are true. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** True when one is true, false when all are false. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
