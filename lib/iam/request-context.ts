/**
 * The condition keys of a request, for conditions and policy variables (IAM User Guide, "The request context"). A key
 * with the value undefined is absent; a list is a multivalued key.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Case-insensitive lookup of context keys: `AWS:SourceArn` is `aws:sourcearn`. */
export interface ContextLookup {
  /** The values of a key; empty when it is absent. */
  values(key: string): readonly string[];
}

/** A lookup over several contexts; a key in a later one replaces an earlier one. */
export function contextLookup(...contexts: readonly RequestContext[]): ContextLookup {
  const folded = new Map<string, readonly string[]>();
  for (const context of contexts) {
    for (const [key, value] of Object.entries(context)) {
      if (value === undefined) continue;
      folded.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
    }
  }
  return { values: (key) => folded.get(key.toLowerCase()) ?? [] };
}
