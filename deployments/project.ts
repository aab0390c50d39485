import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Name of the project whose stacks are deployed, from its Pulumi.yaml, since `pulumi new` can change it. (The name
 * PROJECT is not used, because `pulumi new` replaces that word in braces after a dollar sign in every file.)
 */
export const projectName = nameIn(path.join(__dirname, "..", "Pulumi.yaml"));

function nameIn(file: string): string {
  const name = /^name: *(\S+)$/m.exec(fs.readFileSync(file, "utf8"))?.[1];
  if (name === undefined) throw new Error(`${file} has no name.`);
  return name;
}

/** The files that a stack depends on, as globs over whole paths: other pushes deploy nothing. */
export function pathFilters(stack: string): string[] {
  return [
    "index.ts",
    "Pulumi.yaml",
    `Pulumi.${stack}.yaml`,
    "package.json",
    "package-lock.json",
    ".npmrc",
    "stacks/**",
    "components/**",
    "lambdas/**",
    "lib/**",
    "soracom/**",
    "tsconfig.json",
  ];
}
