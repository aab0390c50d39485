import { isDeepStrictEqual } from "node:util";

import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { secretSignature, signatureKey } from "../../lib/stack/property-signature";

export type Properties = Record<string, unknown>;

/** The placeholder of Pulumi's protocol for a value that is not known before the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as plain values, and the names of those that held a secret anywhere inside. */
export function readProperties(struct: Struct | undefined): {
  values: Properties;
  secrets: string[];
} {
  const values: Properties = {};
  const secrets: string[] = [];
  for (const [name, value] of Object.entries((struct?.toJavaScript() ?? {}) as Properties)) {
    values[name] = plain(value, () => secrets.push(name));
  }
  return { values, secrets };
}

function plain(value: unknown, onSecret: () => void): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, onSecret));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Properties;
  if (fields[signatureKey] === secretSignature) {
    onSecret();
    return plain(fields.value, onSecret);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([key, item]) => [key, plain(item, onSecret)]),
  );
}

/** Properties for the engine, with the given names marked as secret and without undefined values. */
export function markSecrets(values: Properties, secrets: readonly string[]): Properties {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        secrets.includes(name) ? { [signatureKey]: secretSignature, value } : value,
      ]),
  );
}

/** Whether anything in the value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** Names of the inputs that differ, without the engine's own. */
export function changedNames(before: Properties, after: Properties): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter(
    (name) => !name.startsWith("__") && !isDeepStrictEqual(before[name], after[name]),
  );
}
