import { vpgRange } from "../../components/vpg";
import { overlaps, parseCidr } from "../../lib/ipv4";
import { existingVpcMistakes, type VpcFacts } from "../../stacks/existing-vpc";
import { endpointGroupPattern, networkName } from "../../stacks/network-names";
import { availabilityZones, maxZones, subnetName, zonesFor, ZonesError } from "../../lib/zones";
import type { Finding } from "../core/findings";
import type { AccountAws } from "./account-aws";
import type { PlannedSite } from "./site";

const siteName = ({ file }: PlannedSite) => `${file.project}-${file.stack}`;

/**
 * The VPC in `canal-ftp:existingVpc` is as configured, as `pulumi up` checks it, and has no addresses of the VPG.
 *
 * @param allotted - The VPG's block; undefined before there is a VPG.
 */
export async function checkExistingVpc(
  aws: AccountAws,
  site: PlannedSite,
  allotted: string | undefined,
): Promise<Finding[]> {
  const { existingVpc } = site.config;
  if (!existingVpc) return [];
  const facts = await aws.vpcFacts(existingVpc, endpointGroupPattern(siteName(site)));
  const check = "canal-ftp:existingVpc";
  const remedy = `pulumi up refuses this before it creates anything: correct Pulumi.${site.file.stack}.yaml, or the VPC.`;
  const findings = existingVpcMistakes(site.config, facts).map((found): Finding => ({
    check,
    state: "failed",
    found,
    remedy,
  }));
  if (site.config.canal) findings.push(...checkBlocks(existingVpc.vpcId, facts.blocks, allotted));
  if (findings.length > 0) return findings;
  return [{ check, state: "ok", found: `${existingVpc.vpcId} is as configured` }];
}

/** AWS accepts no peering between networks with overlapping blocks; all blocks are compared. */
function checkBlocks(vpcId: string, blocks: VpcFacts["blocks"], allotted?: string): Finding[] {
  const range = allotted ?? vpgRange;
  const taken = (blocks ?? []).filter((block) => overlaps(parseCidr(block)!, parseCidr(range)!));
  // Before there is a VPG, its part of the range is not known: a conflict is possible, not certain.
  const state = allotted === undefined ? "note" : "failed";
  return taken.map((block): Finding => {
    const remedy = `AWS does not peer networks with overlapping blocks. Remove ${block} from ${vpcId} if nothing uses it, or use another VPC.`;
    return { check: `blocks of ${vpcId}`, state, found: `${block} overlaps ${range}`, remedy };
  });
}

/** The zones that an update takes, and whether they are the first that the account lists. */
export async function checkZones(aws: AccountAws, site: PlannedSite): Promise<Finding[]> {
  const { config, file } = site;
  if (config.existingVpc) return [];
  const check = "availability zones";
  const offered = availabilityZones(await aws.zoneNames(), config.region);
  const network = networkName(siteName(site));
  const names = [...Array(maxZones).keys()].map((i) => subnetName(network, i + 1));
  const zones = await aws.subnetZones(names, { project: file.project, stack: file.stack });
  const kept = names.map((name) => zones.get(name));
  const request = {
    region: config.region,
    count: config.availabilityZones,
    names: config.availabilityZoneNames,
  };
  try {
    const chosen = zonesFor(request, { offered, kept });
    const found = chosen.join(", ");
    const first = offered.slice(0, chosen.length).join(", ");
    if (request.names.length > 0 || found === first) return [{ check, state: "ok", found }];
    const remedy = `No action needed: the stack keeps the zones of its subnets, and a new stack would take ${first}.`;
    return [{ check, state: "note", found, expected: first, remedy }];
  } catch (error) {
    if (!(error instanceof ZonesError)) throw error;
    const remedy = `Correct canal-ftp:availabilityZones or canal-ftp:availabilityZoneNames in Pulumi.${file.stack}.yaml.`;
    return [{ check, state: "failed", found: error.message, remedy }];
  }
}
