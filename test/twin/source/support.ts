import * as fs from "node:fs";
import * as path from "node:path";

import type { EvaluatedStack, Resource } from "../../../lib/stack/resource";
import { settle } from "../../../lib/stack/settle";

/** Signatures of Pulumi's state format: the key for special objects, and the values for secret, archive and asset. */
const mark = "4dabf18193072939515e22adb298388d";
const [secret, archive, asset] = [
  "1b47061264138c4ac30d75fd1eb44270",
  "0def7320c3a5731c473e5ecbe6d01bc7",
  "c44067f5952c0a294b673a41bacd8c17",
];

/** The form of secrets in an export: of `pulumi stack export`, or with --show-secrets. */
export type Secrets = "ciphertext" | "plaintext";

export type Exported = {
  version: number;
  deployment: { resources: Record<string, unknown>[] };
};

/** A secret in an export. */
export const secretOf = (value: unknown, secrets: Secrets): object => ({
  [mark]: secret,
  ...(secrets === "plaintext"
    ? { plaintext: JSON.stringify(value) }
    : { ciphertext: "v1:c29tZXRoaW5n:b3BhcXVl" }),
});

/** The output of `pulumi stack export` for an evaluated stack, as if it were deployed. */
export async function exportOf(stack: EvaluatedStack, secrets: Secrets): Promise<Exported> {
  const urn = (type: string, name: string) =>
    `urn:pulumi:${stack.stack}::${stack.project}::${type}::${name}`;
  const root = urn("pulumi:pulumi:Stack", `${stack.project}-${stack.stack}`);
  const one = async (resource: Resource) => {
    const hide = (values: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          resource.secrets.includes(name) ? hidden(name, value, secrets) : value,
        ]),
      );
    const inputs = (await settle(resource.inputs)) as Record<string, unknown>;
    const outputs = (await settle(resource.outputs)) as Record<string, unknown>;
    const code = "code" in inputs ? { code: codeOf(inputs.code) } : {};
    const [type, name] = resource.parent?.split("::") ?? [];
    return {
      urn: urn(resource.type, resource.name),
      custom: resource.id !== "",
      id: resource.id || undefined,
      type: resource.type,
      parent: name === undefined ? root : urn(type, name),
      protect: resource.protect || undefined,
      inputs: hide({ ...inputs, ...code }),
      // Providers return unset properties as well.
      outputs: hide({ unset: "", nothing: null, ...outputs, ...code }),
    };
  };
  return {
    version: 3,
    deployment: {
      resources: [
        { urn: root, custom: false, type: "pulumi:pulumi:Stack", outputs: stack.outputs },
        { urn: urn("pulumi:providers:aws", "default"), custom: true, type: "pulumi:providers:aws" },
        ...(await Promise.all(stack.resources.map(one))),
      ],
    },
  };
}

/** The engine hides the secret itself: of a function's environment, only the variables that hold one. */
function hidden(name: string, value: unknown, secrets: Secrets): unknown {
  if (name !== "environment") return secretOf(value, secrets);
  const { variables } = value as { variables: Record<string, string> };
  const hide = ([variable, text]: [string, string]) => [
    variable,
    /KEY$|PASSWORD$/.test(variable) ? secretOf(text, secrets) : text,
  ];
  return { variables: Object.fromEntries(Object.entries(variables).map(hide)) as object };
}

function codeOf(code: unknown): object {
  const { assets = {} } = code as { assets?: Record<string, { text: string }> };
  const entries = Object.entries(assets).map(([file, { text }]) => [
    file,
    { [mark]: asset, hash: "0", text },
  ]);
  return { [mark]: archive, assets: Object.fromEntries(entries) as object, hash: "1" };
}

/** Writes a file into a folder. Returns its path. */
export function written(folder: string, name: string, contents: unknown): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, typeof contents === "string" ? contents : JSON.stringify(contents));
  return file;
}
