import * as pulumi from "@pulumi/pulumi";

import { subscriberNotice } from "./alarm-subscribers";
import { readSiteConfig } from "./config";
import { dev } from "./dev";
import { prod } from "./prod";
import { checkExistingVpc } from "./read-existing-vpc";
import { Site } from "./site";
import { zonesOf } from "./zones";

/**
 * Registers the resources of the selected stack.
 *
 * @returns the stack's outputs
 * @throws pulumi.RunError for a configuration that is invalid, or does not fit the account, before any resource is
 * registered
 */
export async function program(): Promise<Site["outputs"]> {
  const config = readSiteConfig();
  const environment = { dev, prod }[config.environment];
  const notice = subscriberNotice(config);
  if (notice !== undefined) await pulumi.log.warn(notice);
  const name = `${pulumi.getProject()}-${config.stack}`;
  await checkExistingVpc(name, config);
  const zones = await zonesOf(name, config);
  return new Site(name, config, environment, zones).outputs;
}
