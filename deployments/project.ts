import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Name of the project whose stacks are deployed, as its Pulumi.yaml has it: `pulumi new` may have given it another.
 * Not called PROJECT, which `pulumi new` replaces by the name wherever a file has it between braces after a dollar.
 */
export const projectName = nameIn(path.join(__dirname, "..", "Pulumi.yaml"));

function nameIn(file: string): string {
  const name = /^name: *(\S+)$/m.exec(fs.readFileSync(file, "utf8"))?.[1];
  if (name === undefined) throw new Error(`${file} has no name.`);
  return name;
}

/** What a stack is made from: a push that touches nothing of it deploys nothing. Globs over whole paths. */
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
