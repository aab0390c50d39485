import * as pulumi from "@pulumi/pulumi";

import { readSiteConfig } from "./config";
import { dev } from "./dev";
import { prod } from "./prod";
import { Site } from "./site";

/**
 * Registers the resources of the selected stack.
 *
 * @returns the stack's outputs
 * @throws pulumi.RunError for an invalid configuration, before any resource is registered
 */
export function program(): Site["outputs"] {
  const config = readSiteConfig();
  const environment = { dev, prod }[config.environment];
  return new Site(`${pulumi.getProject()}-${config.stack}`, config, environment).outputs;
}
