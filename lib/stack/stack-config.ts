import * as fs from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

/** A stack's configuration as Pulumi's CLI hands it to a program: every value a text, lists and objects as JSON. */
export interface StackConfig {
  readonly project: string;
  readonly values: Record<string, string>;
  /** Keys with an encrypted part, which only the CLI can read; they are left out of `values`. */
  readonly encrypted: string[];
}

interface ProjectFile {
  name: string;
  config?: Record<string, { default?: unknown }>;
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the CLI does: defaults of the project's schema under the
 * values of the stack's file.
 *
 * @param root folder of the program
 * @throws Error when a file is missing or is not YAML; it says which stacks there are
 */
export function readStackConfig(root: string, stack: string): StackConfig {
  const project = readYaml(path.join(root, "Pulumi.yaml")) as ProjectFile;
  const stackFile = path.join(root, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(stackFile)) {
    const stacks = stacksOf(root).join(", ");
    throw new Error(
      `There is no stack "${stack}": Pulumi.${stack}.yaml is missing. Stacks: ${stacks}.`,
    );
  }
  const own = ((readYaml(stackFile) as { config?: Record<string, unknown> })?.config ??
    {}) as Record<string, unknown>;

  const values: Record<string, string> = {};
  const encrypted: string[] = [];
  for (const [key, schema] of Object.entries(project.config ?? {})) {
    const full = key.includes(":") ? key : `${project.name}:${key}`;
    if (schema.default !== undefined) values[full] = asText(schema.default);
  }
  for (const [key, value] of Object.entries(own)) {
    if (isEncrypted(value)) encrypted.push(key);
    else values[key] = asText(value);
  }
  return { project: project.name, values, encrypted };
}

/** Names of the stacks that have a file. */
export function stacksOf(root: string): string[] {
  return fs
    .readdirSync(root)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

function readYaml(file: string): unknown {
  try {
    return parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${path.basename(file)} cannot be read: ${(error as Error).message}`);
  }
}

function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
}

/** `{secure: …}` anywhere inside is what `pulumi config set --secret` leaves. */
function isEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(isEncrypted);
}
