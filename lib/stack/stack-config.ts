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
 * @param root - Folder of the program.
 * @throws Error when a file is missing or is not YAML; it lists the stacks there are
 */
export function readStackConfig(root: string, stack: string): StackConfig {
  const { project, values } = projectDefaults(root);
  const stackFile = path.join(root, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(stackFile)) {
    const stacks = stacksOf(root).join(", ");
    throw new Error(
      `There is no stack "${stack}": Pulumi.${stack}.yaml is missing. Stacks: ${stacks}.`,
    );
  }
  const own = ((readYaml(stackFile) as { config?: Record<string, unknown> })?.config ??
    {}) as Record<string, unknown>;

  const encrypted: string[] = [];
  for (const [key, value] of Object.entries(own)) {
    if (isEncrypted(value)) encrypted.push(key);
    else values[key] = asText(value);
  }
  return { project, values, encrypted };
}

/** The project's name, and the values that `Pulumi.yaml` gives to a stack without settings of its own. */
export function projectDefaults(root: string): Omit<StackConfig, "encrypted"> {
  const { name, config = {} } = readYaml(path.join(root, "Pulumi.yaml")) as ProjectFile;
  const values: Record<string, string> = {};
  for (const [key, schema] of Object.entries(config)) {
    const full = key.includes(":") ? key : `${name}:${key}`;
    if (schema.default !== undefined) values[full] = asText(schema.default);
  }
  return { project: name, values };
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

/** Whether the value contains `{secure: …}`, which `pulumi config set --secret` writes. */
function isEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(isEncrypted);
}
