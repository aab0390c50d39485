/**
 * The same function, run once for the same arguments (as JSON): what it gives is shared by all tests that ask for
 * it, and frozen, so that none can change it for the others.
 */
export function shared<Args extends unknown[], Result>(
  make: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const made = new Map<string, Promise<Result>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = made.get(key) ?? make(...args).then(frozen);
    made.set(key, known);
    return known;
  };
}

function frozen<T>(value: T): T {
  // Node writes into a promise that is waited for, once anything has asked it to track them.
  if (value instanceof Promise) return value;
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}
