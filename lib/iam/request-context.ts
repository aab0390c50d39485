/**
 * What a request says about itself, for conditions and policy variables (IAM User Guide, "The request
 * context"). A key with no value is absent; a list is a multivalued key.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The context with its keys folded: key names are case-insensitive, `AWS:SourceArn` is `aws:sourcearn`. */
export interface ContextLookup {
  /** The values of a key; none when it is absent. */
  values(key: string): readonly string[];
}

/** Later contexts win over earlier ones. */
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
