import * as pulumi from "@pulumi/pulumi";

/** Unwraps secrets in a resource's inputs, at any depth, and returns the names of the inputs that had one. */
export function unwrapSecrets(inputs: Record<string, unknown>): {
  value: Record<string, unknown>;
  secrets: string[];
} {
  const secrets: string[] = [];
  const value: Record<string, unknown> = {};
  for (const [key, input] of Object.entries(inputs)) {
    const found = { secret: false };
    value[key] = unwrap(input, found);
    if (found.secret) secrets.push(key);
  }
  return { value, secrets };
}

function unwrap(input: unknown, found: { secret: boolean }): unknown {
  if (pulumi.runtime.isRpcSecret(input)) {
    found.secret = true;
    return unwrap(pulumi.runtime.unwrapRpcSecret(input), found);
  }
  if (Array.isArray(input)) return input.map((item) => unwrap(item, found));
  // Assets and archives are objects of classes; only plain data is traversed.
  if (input && typeof input === "object" && Object.getPrototypeOf(input) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(input).map(([key, item]) => [key, unwrap(item, found)]),
    );
  }
  return input;
}
