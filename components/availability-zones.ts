import * as aws from "@pulumi/aws";

import { availabilityZones, maxZones, subnetName, zonesFor, ZonesError } from "../lib/zones";

/** The zones of a network, and how its existing subnets are found. */
export interface ZonesRequest {
  /** Name of the {@link EndpointNetwork}. */
  network: string;
  /** For example ap-northeast-1. */
  region: string;
  /** Number of zones, 1 to 3. */
  count: number;
  /** Zones to use, by name, instead of a choice. */
  names?: string[];
  /** Tags of the network: only subnets with these tags are its own. Default none. */
  tags?: Record<string, string>;
}

/**
 * Zones for a network's subnets, to be passed to it by name: those in which it already has subnets, then the first
 * others that the account offers. awsx itself takes the first that AWS lists, so a zone that is added to the account
 * later, or a Local Zone that is enabled in it, would move subnets (pulumi-awsx#1365).
 *
 * Reads from AWS, and creates nothing.
 *
 * @throws ZonesError when the account does not have the zones
 */
export async function chooseZones(request: ZonesRequest): Promise<string[]> {
  const { network, region, tags } = request;
  const { names } = await aws.getAvailabilityZones({
    state: "available",
    filters: [{ name: "zone-type", values: ["availability-zone"] }],
  });
  const kept = [...Array(maxZones).keys()].map((i) =>
    zoneOfSubnets(subnetName(network, i + 1), tags),
  );
  return zonesFor(request, {
    offered: availabilityZones(names, region),
    kept: await Promise.all(kept),
  });
}

/** The zone of the subnets of this name; undefined when there are none. */
async function zoneOfSubnets(
  name: string,
  tags: Record<string, string> | undefined,
): Promise<string | undefined> {
  const { ids } = await aws.ec2.getSubnets({ tags: { ...tags, Name: name } });
  const subnets = await Promise.all(ids.map((id) => aws.ec2.getSubnet({ id })));
  const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
  if (zones.length < 2) return zones[0];
  throw new ZonesError(
    `Subnets in ${zones.join(" and ")} are named ${name} and tagged alike, so the stack's own cannot be recognised: give the zones by name.`,
  );
}
