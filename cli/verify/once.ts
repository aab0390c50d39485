/** Calls the function once and returns its promise to every caller; the arguments of later calls are ignored. */
export function once<A extends unknown[], T>(
  make: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let made: Promise<T> | undefined;
  return (...args) => (made ??= make(...args));
}
