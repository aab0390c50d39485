/** A resource as rules read it, without Pulumi's types, so that tests can pass any. */
export interface CheckedResource {
  /** Type token, for example `aws:transfer/server:Server`. */
  readonly type: string;
  readonly name: string;
  /** The inputs; for a stack rule, the outputs, too. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Names of the properties that are Pulumi secrets. */
  readonly secrets: readonly string[];
  readonly protect: boolean;
}

/** A rule for single resources, checked before a resource is created. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** A sentence for each violation. */
  check(resource: CheckedResource): string[];
}

/** A rule for the stack as a whole, checked when every resource is known. */
export interface StackRule {
  readonly name: string;
  readonly description: string;
  check(resources: readonly CheckedResource[]): Violation[];
}

export interface Violation {
  readonly resource: CheckedResource;
  readonly message: string;
}

/** A property as a list: of one value, several or none. */
export function listOf<T = string>(value: unknown): T[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as T[];
}

/** The fields of a nested object; none if it is missing. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}

/**
 * The value read, or undefined if a preview does not know it yet. A pack's properties throw then, and an uncaught error
 * would skip the rule for the rest of the stack.
 */
export function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
