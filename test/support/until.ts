/**
 * Waits until something is so, looking again and again: machines differ in how long that takes.
 *
 * @param what for the failure, for example "the row is there"
 * @param holds what it gives, once it is neither false nor undefined, is the result
 * @throws Error after the time; it names the awaited condition, and `why` returns the state found instead
 */
export async function until<T>(
  what: string,
  holds: () => T | Promise<T>,
  { seconds = 30, why }: { seconds?: number; why?: () => string } = {},
): Promise<Exclude<T, false | undefined>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await holds();
    if (found !== false && found !== undefined) return found as Exclude<T, false | undefined>;
    if (Date.now() > end) {
      throw new Error(`Waited ${seconds} s without success until ${what}. ${why?.() ?? ""}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
