/**
 * A copy of plain data, at any depth: promises are awaited, functions are omitted, and objects of classes (Pulumi's
 * archives and assets, whose content is promises) become plain objects.
 */
export async function settle(value: unknown): Promise<unknown> {
  const settled = await value;
  if (typeof settled !== "object" || settled === null) return settled;
  if (Array.isArray(settled)) return Promise.all(settled.map(settle));
  const entries = Object.entries(settled).filter(([, item]) => typeof item !== "function");
  return Object.fromEntries(
    await Promise.all(entries.map(async ([key, item]) => [key, await settle(item)] as const)),
  );
}
