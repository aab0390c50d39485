import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "./golden";

/** What a stack's program is made of. */
const parts = [
  "index.ts",
  "stacks",
  "components",
  "lambdas",
  "lib",
  "soracom",
  "tsconfig.json",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
];

/** A change to one file of the program: each text has to be there, or the test would test nothing. */
export type Change = readonly [file: string, before: string | RegExp, after: string];

/**
 * A copy of the program with something broken in it, below the project so that its packages are found.
 *
 * @returns the copy's folder; `remove` it afterwards
 */
export function copyProgram(changes: readonly Change[]): { folder: string; remove(): void } {
  const home = path.join(root, ".twin");
  fs.mkdirSync(home, { recursive: true });
  const folder = fs.mkdtempSync(path.join(home, "copy-"));
  for (const part of parts) {
    fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  for (const [file, before, after] of changes) {
    const name = path.join(folder, file);
    const text = fs.readFileSync(name, "utf8");
    const changed = text.replace(before, after);
    if (changed === text) throw new Error(`${file} has no ${String(before)}`);
    fs.writeFileSync(name, changed);
  }
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
