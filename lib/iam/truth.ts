/**
 * Three-valued logic: true, false, or undefined for a condition that cannot be evaluated. At the statement an Allow
 * needs true and a Deny needs only "not false", so that an unknown condition never grants access.
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
