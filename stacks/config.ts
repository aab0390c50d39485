import * as pulumi from "@pulumi/pulumi";

import { describeMistakes } from "./mistakes";
import { checkConfig, originalProject, SiteConfig } from "./site-config";

/**
 * The checked configuration of the selected stack.
 *
 * @throws pulumi.RunError that lists every mistake, one line each, before any resource is registered.
 */
export function readSiteConfig(): SiteConfig {
  const namespace = `${pulumi.getProject()}:`;
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (key.startsWith(namespace)) values[key.slice(namespace.length)] = value;
  }
  const stack = pulumi.getStack();
  refuseOtherProject(stack);
  const region = new pulumi.Config("aws").get("region");
  const checked = checkConfig(stack, region, values, pulumi.getProject());
  if ("mistakes" in checked) {
    throw new pulumi.RunError(describeMistakes(stack, checked.mistakes));
  }
  return checked.config;
}

/** `pulumi new` with another name leaves the stack files unchanged, so that their keys would be ignored. */
function refuseOtherProject(stack: string): void {
  const project = pulumi.getProject();
  const foreign = Object.keys(pulumi.runtime.allConfig()).some((key) =>
    key.startsWith(`${originalProject}:`),
  );
  if (project === originalProject || !foreign) return;
  throw new pulumi.RunError(
    `Pulumi.${stack}.yaml has keys of ${originalProject}, and this project is called ${project}: write ${project}: for ${originalProject}: in the stack files, or call the project ${originalProject} in Pulumi.yaml.`,
  );
}
