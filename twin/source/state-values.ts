import { secretSignature, signatureKey } from "../../lib/stack/property-signature";

export type Properties = Record<string, unknown>;

/** The decoded properties of a resource in a state. */
export interface PlainProperties {
  readonly values: Properties;
  /** Names of the properties that contain a secret. */
  readonly secrets: string[];
  /** Names of the properties with an encrypted secret; such a value is undefined. */
  readonly unreadable: string[];
}

/**
 * Decodes properties of `pulumi stack export`: a secret is an object with `plaintext` (JSON text) when exported with
 * --show-secrets, with `ciphertext` otherwise. Assets and archives become plain objects.
 */
export function plainProperties(properties: Readonly<Properties> = {}): PlainProperties {
  const secrets = new Set<string>();
  const unreadable = new Set<string>();
  const values: Properties = {};
  for (const [name, property] of Object.entries(properties)) {
    values[name] = plain(property, (isReadable) => {
      secrets.add(name);
      if (!isReadable) unreadable.add(name);
    });
  }
  return { values, secrets: [...secrets], unreadable: [...unreadable] };
}

function plain(value: unknown, onSecret: (isReadable: boolean) => void): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, onSecret));
  if (typeof value !== "object" || value === null) return value;
  const { [signatureKey]: signature, ...fields } = value as Properties;
  if (signature === secretSignature) {
    const { plaintext } = fields;
    onSecret(typeof plaintext === "string");
    return typeof plaintext === "string" ? plain(JSON.parse(plaintext), onSecret) : undefined;
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, plain(field, onSecret)]),
  );
}
