import type { Rule } from "./rule";

/** Texts that are a secret by their form. */
const forms: [RegExp, string][] = [
  [/\$(scrypt|argon2\w*|2[aby])\$/, "a password hash"],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key id"],
  [/\bsecret-[A-Za-z0-9]{20,}/, "a SORACOM auth key"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
];

/** Names whose values are secrets. Names of secrets (`…Arn`, `…Id`, `…Name`) are not. */
const secretName = /(password|passwd|secret|auth_?key|private_?key|api_?token)$/i;

/** Inputs are in the state, in previews and in logs, in plain unless they are marked as secret. */
export const noPlainSecret: Rule = {
  name: "no-plain-secret",
  description: "Nothing secret is an input that Pulumi does not know to be secret.",
  check: ({ properties, secrets }) =>
    Object.entries(properties)
      .filter(([name]) => !secrets.includes(name))
      .flatMap(([name, value]) => find(name, value)),
};

function find(path: string, value: unknown): string[] {
  if (typeof value === "string") {
    const found = forms.filter(([form]) => form.test(value)).map(([, what]) => what);
    if (secretName.test(path) && value !== "") found.push("a secret by its name");
    return found.map((what) => `has ${what} in plain in ${path}`);
  }
  if (typeof value !== "object" || value === null || isAsset(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => find(`${path}.${key}`, item));
}

/** Code is not configuration: a function's bundle rightly holds the words this looks for. */
function isAsset(value: object): boolean {
  return "assets" in value || "text" in value || "__pulumiAsset" in value;
}
