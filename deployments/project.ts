/** Name of the project whose stacks are deployed, as its Pulumi.yaml has it. */
export const PROJECT = "canal-ftp";

/** What a stack is made from: a push that touches nothing of it deploys nothing. Globs over whole paths. */
export function pathFilters(stack: string): string[] {
  return [
    "index.cjs",
    "index.ts",
    "Pulumi.yaml",
    `Pulumi.${stack}.yaml`,
    "package.json",
    "package-lock.json",
    ".npmrc",
    "stacks/**",
    "components/**",
    "lambdas/**",
    "net/**",
    "soracom/**",
    "tools/compile-cache.cjs",
    "tools/register.cjs",
    "tools/traces.cjs",
    // Plays SORACOM in the tests only; an exclusion wins whatever the order.
    "!soracom/stand-in/**",
  ];
}
