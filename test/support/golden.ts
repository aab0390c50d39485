import * as path from "node:path";

import { evaluate } from "../../lib/stack/evaluate";
import { type EvaluatedStack, type Evaluation, type Resource } from "../../lib/stack/resource";
import { providers } from "../../resources";
import { program } from "../../stacks/program";
import { shared } from "./shared";
import { root, stackValues } from "./stack-values";

export { root };

/** The stacks that have a golden file. */
export const goldenStacks = ["dev", "prod"];

/** A user as in a configuration; the password must be found in no golden file. */
export const goldenUser = { name: "camera01", password: "k3Jd82hsQp0xYtz" };

/**
 * A stack of the project as its files configure it, with the golden user and what the caller changes: evaluated once
 * for all tests that ask for the same.
 */
export const evaluateStack: (
  stack: string,
  changes?: Record<string, string>,
) => Promise<Evaluation> = shared((stack, changes = {}) => {
  const { project, values } = stackValues(stack);
  const users = JSON.stringify([goldenUser]);
  return evaluate({
    program,
    providers,
    project,
    stack,
    config: { ...values, "canal-ftp:users": users, ...changes },
    secretKeys: ["canal-ftp:users"],
  });
});

export const goldenFile = (stack: string) => path.join(root, "test", "golden", `${stack}.json`);

/** What a stack would create, as text a reviewer can compare: sorted, secrets and code left out. */
export function goldenText(evaluated: EvaluatedStack): string {
  const resources = evaluated.resources
    .map(goldenResource)
    .sort((a, b) => compare(a.resource, b.resource));
  return `${JSON.stringify({ stack: evaluated.stack, outputs: evaluated.outputs, resources }, sorted, 2)}\n`;
}

function goldenResource({ key, parent, protect, options = {}, inputs, secrets }: Resource) {
  const shown = Object.entries(inputs).map(([name, value]) => [name, show(name, value, secrets)]);
  return {
    resource: key,
    ...(parent ? { parent } : {}),
    ...(protect ? { protect } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    inputs: Object.fromEntries(shown) as Record<string, unknown>,
  };
}

/** A hundred kilobytes of bundled code would hide every other change. */
function show(name: string, value: unknown, secrets: readonly string[]): unknown {
  if (secrets.includes(name)) return "[secret]";
  if (name === "code") return "[bundle]";
  return typeof value === "string" ? readable(value) : value;
}

/** Policies and API bodies are JSON in a text: as JSON they can be reviewed line by line. */
function readable(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return { "(JSON text)": JSON.parse(text) as unknown };
  } catch {
    return text;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)));
}
