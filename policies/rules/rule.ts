/** A resource as a rule sees it: no Pulumi types, so that tests can call rules on anything. */
export interface CheckedResource {
  /** Type token, for example `aws:transfer/server:Server`. */
  readonly type: string;
  readonly name: string;
  /** The inputs; for a stack rule with what the provider added. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Names of the properties that Pulumi keeps encrypted. */
  readonly secrets: readonly string[];
  readonly protect: boolean;
}

/** Holds for each resource by itself; checked before the resource is made. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** A sentence for each violation. */
  check(resource: CheckedResource): string[];
}

/** Holds for the stack as a whole; checked when every resource is known. */
export interface StackRule {
  readonly name: string;
  readonly description: string;
  check(resources: readonly CheckedResource[]): Violation[];
}

export interface Violation {
  readonly resource: CheckedResource;
  readonly message: string;
}

/** A property that may be one thing, a list of them, or missing: as a list. */
export function listOf<T = string>(value: unknown): T[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as T[];
}

/** A nested object's fields; none when it is missing. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}

/**
 * What is read, or undefined where a preview cannot know it yet. The pack's properties throw then, and a rule that
 * lets them leaves unchecked whatever else the stack has.
 */
export function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
