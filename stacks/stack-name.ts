import type { Mistakes } from "./mistakes";

/**
 * Characters of `project-stack`, which every generated name begins with: a Lambda function has 64 at most, and the
 * longest name is `<project>-<stack>-identity-login-function-<7 random characters>`. test/contract compares this
 * with the names of a stack.
 */
export const maxNameCharacters = 32;

/** Names of resources begin with project and stack, and those of buckets have neither capitals nor underscores. */
export function checkNames(project: string, stack: string, mistakes: Mistakes): void {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stack)) {
    mistakes.add("stack name", stack, "1 to 20 of a-z, 0-9 and -, starting with a letter");
  }
  if (!/^[a-z][a-z0-9-]*$/.test(project)) {
    const allowed = "a-z, 0-9 and -, starting with a letter, in name of Pulumi.yaml";
    mistakes.add("project name", project, allowed);
  }
  const length = `${project}-${stack}`.length;
  if (length > maxNameCharacters) {
    const allowed = `${maxNameCharacters} characters at most for project and stack together, with ${length} given: AWS limits the names that begin with them`;
    mistakes.add("project and stack name", `${project}-${stack}`, allowed);
  }
}
