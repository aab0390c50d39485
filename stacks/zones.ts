import * as pulumi from "@pulumi/pulumi";

import { chooseZones } from "../components/availability-zones";
import { ZonesError } from "../lib/zones";
import { describeMistakes } from "./mistakes";
import type { SiteConfig } from "./site-config";
import { networkName } from "./network-names";
import { ownTags } from "./site";

/** The zones of the stack's network, by name. None for an existing VPC, whose subnets are in zones already. */
export async function zonesOf(site: string, config: SiteConfig): Promise<string[]> {
  if (config.existingVpc) return [];
  const request = {
    network: networkName(site),
    region: config.region,
    count: config.availabilityZones,
    names: config.availabilityZoneNames,
    tags: ownTags(config.stack),
  };
  return chooseZones(request).catch((error: unknown) => {
    if (!(error instanceof ZonesError)) throw error;
    const mistake = `canal-ftp:availabilityZoneNames: ${error.message}`;
    throw new pulumi.RunError(describeMistakes(config.stack, [mistake]));
  });
}
