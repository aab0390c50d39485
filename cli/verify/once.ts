/** The same promise for every call: what is asked once is not asked again. Arguments of later calls count for nothing. */
export function once<A extends unknown[], T>(
  make: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let made: Promise<T> | undefined;
  return (...args) => (made ??= make(...args));
}
