import * as fs from "node:fs";
import * as path from "node:path";

import type { CliContext } from "../core/context";
import { exitCodes } from "../core/errors";
import type { Resource } from "../../lib/stack/resource";
import { projectDefaults, readStackConfig } from "../../lib/stack/stack-config";
import { evaluateProgram } from "../../resources/evaluate-program";
import { everyOption, removable } from "./every-option";
import { pageWith, type StackPolicies } from "./page";
import { deployPolicies, type Policy, sizeOf } from "./policy";
import { deployTarget } from "./target";

/** Stacks whose policies docs/deploy-role.md shows. */
const shownStacks = ["dev", "prod"] as const;
export const pageFile = path.join("docs", "deploy-role.md");

/** Options of `canal-ftp deploy-role`. */
export interface DeployRoleOptions {
  readonly stack: string;
  readonly account?: string;
  readonly json?: boolean;
  readonly write?: boolean;
}

/** Prints a stack's policies, or updates the page. Resolves with the exit code. */
export async function deployRole(
  { stack, account, json, write }: DeployRoleOptions,
  { root, out, error }: CliContext,
): Promise<number> {
  if (write) {
    const file = path.join(root, pageFile);
    const page = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, await pageWith(page, await policiesShown(root)));
    error(`Wrote ${pageFile}.\n`);
    return exitCodes.ok;
  }
  const policies = await policiesOf(root, stack, await removableResources(root), account);
  if (json) {
    out(`${JSON.stringify(policies)}\n`);
    return exitCodes.ok;
  }
  policies.forEach((policy, index) => {
    error(`Policy ${index + 1} of ${policies.length}, ${sizeOf(policy)} characters:\n`);
    out(`${JSON.stringify(policy, undefined, 2)}\n`);
  });
  return exitCodes.ok;
}

/** The policies of every stack that the page shows. */
export async function policiesShown(root: string): Promise<StackPolicies> {
  const others = await removableResources(root);
  const all: Record<string, Policy[]> = {};
  for (const stack of shownStacks) all[stack] = await policiesOf(root, stack, others);
  return all;
}

async function policiesOf(
  root: string,
  stack: string,
  others: readonly Resource[],
  account?: string,
): Promise<Policy[]> {
  // Encrypted values are left out: no resource type depends on one.
  const { project, values: config } = readStackConfig(root, stack);
  const evaluated = await evaluateProgram({ root, project, stack, config, secretKeys: [] });
  return deployPolicies(
    { ...evaluated, removable: others },
    deployTarget(project, stack, config, account),
  );
}

/** What other configurations of the program create. */
async function removableResources(root: string): Promise<readonly Resource[]> {
  const { project, values } = projectDefaults(root);
  const config = { ...values, ...everyOption(project) };
  const request = { root, project, stack: "dev", config, secretKeys: [] };
  return removable((await evaluateProgram(request)).resources);
}
