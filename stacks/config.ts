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
  const checked = checkConfig(stack, new pulumi.Config("aws").get("region"), values);
  if ("mistakes" in checked) {
    throw new pulumi.RunError(describeMistakes(stack, checked.mistakes));
  }
  return checked.config;
}
