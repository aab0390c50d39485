import { secretSignature, signatureKey } from "../../lib/stack/property-signature";

export type Properties = Record<string, unknown>;

/** Properties of a state in plain. */
export interface PlainProperties {
  readonly values: Properties;
  /** Names of those with a secret anywhere inside. */
  readonly secrets: string[];
  /** Names of those with a secret that is ciphertext; such a value is undefined. */
  readonly unreadable: string[];
}

/**
 * Reads properties as `pulumi stack export` writes them: a secret is an object with `plaintext` (JSON as a text)
 * when it was exported with --show-secrets, with `ciphertext` otherwise. Assets and archives become plain objects.
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
