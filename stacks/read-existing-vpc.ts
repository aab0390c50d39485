import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ExistingVpcConfig } from "./site-schema";
import { existingVpcMistakes, maxAddresses, type SubnetFacts, type VpcFacts } from "./existing-vpc";
import { describeMistakes } from "./mistakes";
import { endpointGroupPattern } from "./network-names";
import type { SiteConfig } from "./site-config";

/**
 * Compares `canal-ftp:existingVpc` with what AWS reports, before any resource is registered.
 *
 * @param site - Name of the stack's site.
 * @throws pulumi.RunError that lists every difference
 */
export async function checkExistingVpc(site: string, config: SiteConfig): Promise<void> {
  if (!config.existingVpc) return;
  const mistakes = existingVpcMistakes(config, await readVpc(config.existingVpc, site));
  if (mistakes.length === 0) return;
  throw new pulumi.RunError(describeMistakes(config.stack, mistakes));
}

async function readVpc({ vpcId, subnetIds }: ExistingVpcConfig, site: string): Promise<VpcFacts> {
  const [vpc, subnets] = await Promise.all([
    ifFound(aws.ec2.getVpc({ id: vpcId })),
    Promise.all(subnetIds.map((id) => readSubnet(id, vpcId, site))),
  ]);
  if (!vpc) return { subnets };
  return {
    blocks: vpc.cidrBlockAssociations
      .filter(({ state }) => !/^(disassociat|fail)/.test(state))
      .map(({ cidrBlock }) => cidrBlock),
    dnsSupport: vpc.enableDnsSupport,
    dnsHostnames: vpc.enableDnsHostnames,
    subnets,
  };
}

async function readSubnet(id: string, vpcId: string, site: string): Promise<SubnetFacts> {
  const subnet = await ifFound(aws.ec2.getSubnet({ id }));
  if (!subnet) return { id };
  const inSubnet = { name: "subnet-id", values: [id] };
  const own = { name: "group-name", values: [endpointGroupPattern(site)] };
  const isNearlyFull = subnet.availableIpAddressCount < maxAddresses;
  const [associated, main, interfaces] = await Promise.all([
    routeTableIds({ name: "association.subnet-id", values: [id] }),
    routeTableIds(
      { name: "association.main", values: ["true"] },
      { name: "vpc-id", values: [vpcId] },
    ),
    isNearlyFull ? aws.ec2.getNetworkInterfaces({ filters: [inSubnet, own] }) : { ids: [] },
  ]);
  return {
    id,
    vpcId: subnet.vpcId,
    zone: subnet.availabilityZone,
    block: subnet.cidrBlock,
    freeAddresses: subnet.availableIpAddressCount,
    hasEndpoint: interfaces.ids.length > 0,
    routeTableId: associated[0] ?? main[0],
  };
}

async function routeTableIds(...filters: { name: string; values: string[] }[]): Promise<string[]> {
  return (await aws.ec2.getRouteTables({ filters })).ids;
}

/** The result, or undefined where the provider reports that it does not exist ("no matching EC2 VPC found"). */
async function ifFound<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (/no matching/i.test((error as Error).message)) return undefined;
    throw error;
  }
}
