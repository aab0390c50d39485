import { containsCidr, overlaps, parseCidr } from "../lib/ipv4";
import { Mistakes } from "./mistakes";
import type { SiteConfig } from "./site-config";

/** What AWS reports about one of the subnets in `canal-ftp:existingVpc`. */
export interface SubnetFacts {
  readonly id: string;
  /** Undefined: the subnet does not exist. */
  readonly vpcId?: string;
  readonly zone?: string;
  readonly block?: string;
  readonly freeAddresses?: number;
  /** Whether the stack's endpoint already has an address in it; read only when few addresses are free. */
  readonly hasEndpoint?: boolean;
  /** The table that it is associated with, or the VPC's main one. */
  readonly routeTableId?: string;
}

/** What AWS reports about the VPC in `canal-ftp:existingVpc`. */
export interface VpcFacts {
  /** Its IPv4 blocks; undefined: the VPC does not exist. */
  readonly blocks?: readonly string[];
  readonly dnsSupport?: boolean;
  readonly dnsHostnames?: boolean;
  readonly subnets: readonly SubnetFacts[];
}

/** Addresses that a stack takes in a subnet at most: of the endpoint, of the resolver, of the canary's function. */
export const maxAddresses = 3;

type Site = Pick<SiteConfig, "existingVpc" | "deviceName" | "canal" | "operations">;

/** A line for each difference between `canal-ftp:existingVpc` and what AWS reports. */
export function existingVpcMistakes(site: Site, facts: VpcFacts): string[] {
  const { vpcId, cidr, subnetIds } = site.existingVpc!;
  const mistakes = new Mistakes();
  const add = (key: string, given: unknown, allowed: string) =>
    mistakes.add(`canal-ftp:existingVpc.${key}`, given, allowed);

  if (!facts.blocks) {
    add("vpcId", vpcId, "a VPC of the stack's account and region; it does not exist there");
    return mistakes.lines;
  }
  if (!facts.blocks.includes(cidr)) {
    add("cidr", cidr, `${facts.blocks.join(" or ")}, the block of ${vpcId}`);
  }
  checkDeviceRange(site, facts.blocks, mistakes);
  checkDns(site, facts, mistakes);
  const present = facts.subnets.filter((subnet) => subnet.vpcId === vpcId);
  for (const id of subnetIds.filter((id) => !present.some((subnet) => subnet.id === id))) {
    const other = facts.subnets.find((subnet) => subnet.id === id)?.vpcId;
    const found = other === undefined ? "it does not exist" : `it is in ${other}`;
    add("subnetIds", id, `a subnet of ${vpcId}; ${found}`);
  }
  checkSubnets(site, present, mistakes);
  checkRouteTables(site, present, mistakes);
  return mistakes.lines;
}

function checkDeviceRange({ canal, existingVpc }: Site, blocks: readonly string[], m: Mistakes) {
  const devices = parseCidr(canal?.deviceCidr ?? "");
  // The configured block is checked without AWS.
  for (const block of blocks.filter((candidate) => candidate !== existingVpc?.cidr)) {
    const cidr = parseCidr(block);
    if (!devices || !cidr || !overlaps(devices, cidr)) continue;
    const allowed = `a block apart from ${block}, which ${existingVpc?.vpcId} has as well`;
    m.add("canal-ftp:deviceCidr", canal?.deviceCidr, allowed);
  }
}

/** A private zone is resolved only in a VPC with both (Route 53 guide, "Considerations when working with a private hosted zone"). */
function checkDns({ deviceName, existingVpc }: Site, facts: VpcFacts, m: Mistakes): void {
  if (deviceName === undefined) return;
  for (const [name, isOn] of [
    ["DNS hostnames", facts.dnsHostnames],
    ["DNS support", facts.dnsSupport],
  ] as const) {
    if (isOn) continue;
    const allowed = `nothing, or a VPC with ${name}, because the name is in a private zone: enable ${name} of ${existingVpc?.vpcId}`;
    m.add("canal-ftp:deviceName", deviceName, allowed);
  }
}

function checkSubnets(site: Site, subnets: readonly SubnetFacts[], m: Mistakes): void {
  const cidr = parseCidr(site.existingVpc!.cidr);
  const needed =
    1 + Number(site.deviceName !== undefined) + Number(!!site.operations.canaryMinutes);
  const key = "canal-ftp:existingVpc.subnetIds";
  for (const { id, block = "", zone, freeAddresses = 0, hasEndpoint } of subnets) {
    const own = parseCidr(block);
    if (cidr && own && !containsCidr(cidr, own)) {
      m.add(key, id, `a subnet inside canal-ftp:existingVpc.cidr; its block is ${block}`);
    }
    const other = subnets.find((candidate) => candidate.zone === zone)!;
    if (other.id !== id) {
      m.add(key, id, `one subnet in each zone; ${other.id} is in ${zone} as well`);
    }
    if (!hasEndpoint && freeAddresses < needed) {
      m.add(key, id, `a subnet with ${needed} free addresses or more; it has ${freeAddresses}`);
    }
  }
}

/** Replies to the devices take the route in the table of the endpoint's subnet. */
function checkRouteTables(site: Site, subnets: readonly SubnetFacts[], m: Mistakes): void {
  const { routeTableIds, subnetIds } = site.existingVpc!;
  const key = "canal-ftp:existingVpc.routeTableIds";
  for (const { id, routeTableId } of subnets) {
    if (routeTableId === undefined || routeTableIds.includes(routeTableId)) continue;
    m.add(key, routeTableIds, `${routeTableId} among them, which ${id} uses`);
  }
  // A table may belong to a subnet that could not be found.
  if (subnets.length < subnetIds.length) return;
  const used = [...new Set(subnets.map(({ routeTableId }) => routeTableId))];
  for (const unused of routeTableIds.filter((id) => !used.includes(id))) {
    m.add(key, unused, `only tables that these subnets use: ${used.join(", ")}`);
  }
}
