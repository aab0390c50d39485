/**
 * A text that has to be one of several.
 *
 * @param argument - Name of the argument, for the message.
 * @throws Error that states what was given and what is allowed.
 */
export function oneOf<const T extends string>(
  argument: string,
  given: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((candidate) => candidate === given);
  if (found !== undefined) return found;
  throw new Error(`${argument} is ${JSON.stringify(given)}; allowed: ${allowed.join(" or ")}.`);
}
