import * as pulumi from "@pulumi/pulumi";

import { describeMistakes } from "./mistakes";
import { checkConfig, SiteConfig } from "./site-config";

/**
 * The configuration of the stack at hand, checked. Throws a RunError that lists every mistake, a line each,
 * before any resource is made.
 */
export function readSiteConfig(): SiteConfig {
  const namespace = `${pulumi.getProject()}:`;
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (key.startsWith(namespace)) values[key.slice(namespace.length)] = value;
  }
  const stack = pulumi.getStack();
  refuseOtherProject(stack);
  const checked = checkConfig(stack, new pulumi.Config("aws").get("region"), values);
  if ("mistakes" in checked) {
    throw new pulumi.RunError(describeMistakes(stack, checked.mistakes));
  }
  return checked.config;
}

/** What this project is called in the repository, and its keys in the stack files there. */
const original = "canal-ftp";

/** A project that `pulumi new` gave another name has the stack files as they are: nothing of them would count. */
function refuseOtherProject(stack: string): void {
  const project = pulumi.getProject();
  const foreign = Object.keys(pulumi.runtime.allConfig()).some((key) =>
    key.startsWith(`${original}:`),
  );
  if (project === original || !foreign) return;
  throw new pulumi.RunError(
    `Pulumi.${stack}.yaml has keys of ${original}, and this project is called ${project}: write ${project}: for ${original}: in the stack files, or call the project ${original} in Pulumi.yaml.`,
  );
}
