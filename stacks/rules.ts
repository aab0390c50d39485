/** The rules about region and address blocks. */
import { vpgRange } from "../components/vpg";
import { type Coverage, vpgRegions } from "../lib/soracom-regions";
import { Cidr, containsCidr, overlaps, parseCidr } from "../lib/ipv4";
import type { Mistakes } from "./mistakes";
import type { SiteValues } from "./site-schema";

const block = (text: string): Cidr => parseCidr(text)!;

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(block);
const sharedRange = block(vpgRange);
/** Used inside SORACOM's network with coverage Japan (SORACOM, Canal limitations). */
const reservedInJapan = block("10.21.0.0/16");

/** The region has to be given, and with Canal SORACOM has to have VPGs there. */
export function checkRegion(
  region: string | undefined,
  valid: Partial<SiteValues>,
  mistakes: Mistakes,
): string {
  const coverage = valid.canal === "soracom" ? valid.coverage : undefined;
  if (!region || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    mistakes.add("aws:region", region, "an AWS region such as ap-northeast-1");
  } else if (coverage && !vpgRegions[coverage].includes(region)) {
    const allowed = vpgRegions[coverage].join(", ");
    mistakes.add("aws:region", region, `${allowed} (coverage ${coverage} has its VPGs there)`);
  }
  return region ?? "";
}

/** Zones by name have to be in the region. */
export function checkZoneNames(
  region: string,
  { availabilityZoneNames = [] }: Partial<SiteValues>,
  mistakes: Mistakes,
): void {
  for (const name of availabilityZoneNames.filter((name) => name.slice(0, -1) !== region)) {
    const allowed = `availability zones of ${region}, such as ${region}a, or none`;
    mistakes.add("canal-ftp:availabilityZoneNames", name, allowed);
  }
}

/** Checks the address blocks individually and against each other. */
export function checkNetworks(valid: Partial<SiteValues>, mistakes: Mistakes): void {
  const { existingVpc, vpcCidr = "", deviceCidr = "", allowedCidr = "" } = valid;
  const withCanal = valid.canal !== "none";
  const [vpcKey, vpcText] = existingVpc
    ? ["canal-ftp:existingVpc", existingVpc.cidr]
    : ["canal-ftp:vpcCidr", vpcCidr];
  const devices = withCanal ? checkDeviceCidr(deviceCidr, mistakes) : undefined;
  checkVpcCidr(vpcKey, vpcText, withCanal ? valid.coverage : undefined, devices, mistakes);
  checkAllowedCidr(allowedCidr, withCanal, mistakes);
}

function checkDeviceCidr(text: string, mistakes: Mistakes): Cidr | undefined {
  const cidr = parseCidr(text);
  if (!cidr || !privateBlocks.some((outer) => containsCidr(outer, cidr))) {
    mistakes.add(
      "canal-ftp:deviceCidr",
      text,
      "a CIDR block such as 10.128.0.0/9, inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
    );
  }
  return cidr;
}

function checkVpcCidr(
  key: string,
  text: string,
  coverage: Coverage | undefined,
  deviceCidr: Cidr | undefined,
  mistakes: Mistakes,
): void {
  const cidr = parseCidr(text);
  const isPrivate = cidr && privateBlocks.some((outer) => containsCidr(outer, cidr));
  // Three zones need four parts, and the smallest subnet in AWS is a /28.
  if (!isPrivate || cidr.prefix < 16 || cidr.prefix > 26) {
    const allowed = "a block of /16 to /26 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
    mistakes.add(key, text, allowed);
    return;
  }
  if (coverage === "jp" && overlaps(cidr, reservedInJapan)) {
    mistakes.add(key, text, "a block apart from 10.21.0.0/16, which SORACOM uses on coverage jp");
  }
  if (deviceCidr && overlaps(cidr, deviceCidr)) {
    mistakes.add(key, text, "a block apart from canal-ftp:deviceCidr");
  }
}

function checkAllowedCidr(text: string, withCanal: boolean, mistakes: Mistakes): void {
  if (text === "vpg" && withCanal) return;
  const cidr = parseCidr(text);
  const inside = withCanal ? [sharedRange] : [...privateBlocks, sharedRange];
  if (!cidr || !inside.some((outer) => containsCidr(outer, cidr))) {
    const allowed = withCanal
      ? "vpg (the VPG's own range), or a block inside 100.64.0.0/10, where devices come from"
      : "a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10";
    mistakes.add("canal-ftp:allowedCidr", text, allowed);
  }
}
