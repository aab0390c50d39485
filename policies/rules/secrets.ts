import type { Rule } from "./rule";

/** Patterns of secret values. */
const forms: [RegExp, string][] = [
  [/\$(scrypt|argon2\w*|2[aby])\$/, "a password hash"],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key id"],
  [/\bsecret-[A-Za-z0-9]{20,}/, "a SORACOM auth key"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
];

/** Names of secret values. References to secrets (`…Arn`, `…Id`, `…Name`) do not match. */
const secretName = /(password|passwd|secret|auth_?key|private_?key|api_?token)$/i;

/** Inputs that are not Pulumi secrets are in the state, in previews and in logs in plain text. */
export const noPlainSecret: Rule = {
  name: "no-plain-secret",
  description: "Every secret value is a Pulumi secret.",
  check: ({ properties, secrets }) =>
    Object.entries(properties)
      .filter(([name]) => !secrets.includes(name))
      .flatMap(([name, value]) => find(name, value)),
};

function find(path: string, value: unknown): string[] {
  if (typeof value === "string") {
    const found = forms.filter(([form]) => form.test(value)).map(([, what]) => what);
    if (secretName.test(path) && value !== "") found.push("a value named as a secret");
    return found.map((what) => `has ${what} in plain text in ${path}`);
  }
  if (typeof value !== "object" || value === null || isAsset(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => find(`${path}.${key}`, item));
}

/** Code is not configuration: a function's bundle contains such words legitimately. */
function isAsset(value: object): boolean {
  return "assets" in value || "text" in value || "__pulumiAsset" in value;
}
