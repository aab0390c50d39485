import * as path from "node:path";

import { readStackConfig, StackConfig } from "../../lib/stack/stack-config";

export const root = path.join(__dirname, "..", "..");

const read = new Map<string, StackConfig>();

/** The configuration of a stack as the project's files have it; they are read once. */
export function stackValues(stack: string): StackConfig {
  const known = read.get(stack) ?? readStackConfig(root, stack);
  read.set(stack, known);
  return known;
}

/** What Pulumi.yaml and Pulumi.dev.yaml give to a stack that sets nothing, by the project's own keys. */
export function ownDefaults(): Record<string, string> {
  const own = Object.entries(stackValues("dev").values).filter(([key]) =>
    key.startsWith("canal-ftp:"),
  );
  return Object.fromEntries(own.map(([key, value]) => [key.slice("canal-ftp:".length), value]));
}
