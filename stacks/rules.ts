/** The rules about more than one value, or about the inside of one. */
import type { ExistingVpc } from "../components/endpoint-network";
import type { Coverage } from "../components/soracom-command";
import { vpgRange } from "../components/vpg";
import { isUserName } from "../lambdas/identity-provider/user-name";
import { Cidr, containsCidr, overlaps, parseCidr } from "../lib/ipv4";
import type { Mistakes } from "./mistakes";

/** A user to be there from the start. The password is a secret: it is hashed before it goes anywhere. */
export interface UserConfig {
  readonly name: string;
  readonly password: string;
}

const block = (text: string): Cidr => parseCidr(text)!;

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(block);
const sharedRange = block(vpgRange);
/** Taken inside SORACOM's network on Japan coverage (SORACOM, Canal limitations). */
const reservedInJapan = block("10.21.0.0/16");
/** The benchmarking range, which a VPG's device range must not touch either. */
const benchmarkRange = block("198.18.0.0/15");

/** Where a VPG of each coverage can be, as AWS regions; Canal peers within the VPG's region. */
const regionsOf: Record<Coverage, string[]> = {
  jp: ["ap-northeast-1"],
  g: ["ap-northeast-1", "us-west-2", "eu-central-1", "ap-southeast-2"],
};

/** The region has to be named, and SORACOM has to have a VPG there. */
export function checkRegion(
  region: string | undefined,
  coverage: Coverage | undefined,
  mistakes: Mistakes,
): string {
  if (!region || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    mistakes.add("aws:region", region, "an AWS region such as ap-northeast-1");
  } else if (coverage && !regionsOf[coverage].includes(region)) {
    const allowed = regionsOf[coverage].join(", ");
    mistakes.add("aws:region", region, `${allowed} (coverage ${coverage} has its VPGs there)`);
  }
  return region ?? "";
}

/** An empty object means: make a VPC. Otherwise every part of an existing one has to be given. */
export function checkExistingVpc(
  value: Record<string, unknown>,
  mistakes: Mistakes,
): ExistingVpc | undefined {
  if (Object.keys(value).length === 0) return undefined;
  const { vpcId, cidr, subnetIds, routeTableIds, ...rest } = value;
  const ids = (list: unknown, pattern: RegExp): list is string[] =>
    Array.isArray(list) && list.every((id) => typeof id === "string" && pattern.test(id));
  const fine =
    typeof vpcId === "string" &&
    /^vpc-[0-9a-f]+$/.test(vpcId) &&
    typeof cidr === "string" &&
    parseCidr(cidr) !== undefined &&
    ids(subnetIds, /^subnet-[0-9a-f]+$/) &&
    subnetIds.length >= 1 &&
    subnetIds.length <= 3 &&
    ids(routeTableIds, /^rtb-[0-9a-f]+$/) &&
    routeTableIds.length >= 1 &&
    Object.keys(rest).length === 0;
  if (!fine) {
    mistakes.add(
      "canal-ftp:existingVpc",
      value,
      "nothing, or vpcId, cidr, 1 to 3 subnetIds and every route table of theirs in routeTableIds",
    );
    return undefined;
  }
  return { vpcId, cidr, subnetIds, routeTableIds } as ExistingVpc;
}

/** Names as AWS takes them, no name twice, a password for each. Passwords are never part of a message. */
export function checkUsers(items: unknown[], mistakes: Mistakes): UserConfig[] {
  const users: UserConfig[] = [];
  for (const item of items) {
    const { name, password, ...rest } = (item ?? {}) as Record<string, unknown>;
    const shown = typeof name === "string" ? { name } : undefined;
    if (!isUserName(name as string) || Object.keys(rest).length > 0) {
      const allowed =
        "name and password; a name has 3 to 100 of A-Z a-z 0-9 _ @ . - and starts with none of @ . -";
      mistakes.add("canal-ftp:users", shown, allowed);
    } else if (typeof password !== "string" || password.length < 1 || password.length > 1024) {
      mistakes.add("canal-ftp:users", shown, "a password of 1 to 1,024 characters, in quotes");
    } else if (users.some((user) => user.name === name)) {
      mistakes.add("canal-ftp:users", shown, "each name only once");
    } else {
      users.push({ name: name as string, password });
    }
  }
  return users;
}

interface Networks {
  readonly vpcCidr: string;
  readonly existingVpc?: ExistingVpc;
  readonly canal?: { readonly coverage: Coverage; readonly deviceCidr: string };
  readonly allowedCidr: string;
}

/** The address blocks, each by itself and against the others. */
export function checkNetworks(networks: Networks, mistakes: Mistakes): void {
  const { canal, existingVpc } = networks;
  const [vpcKey, vpcText] = existingVpc
    ? ["canal-ftp:existingVpc", existingVpc.cidr]
    : ["canal-ftp:vpcCidr", networks.vpcCidr];
  const deviceCidr = canal && checkDeviceCidr(canal.deviceCidr, mistakes);
  checkVpcCidr(vpcKey, vpcText, canal?.coverage, deviceCidr, mistakes);
  checkAllowedCidr(networks.allowedCidr, canal !== undefined, mistakes);
}

function checkDeviceCidr(text: string, mistakes: Mistakes): Cidr | undefined {
  const cidr = parseCidr(text);
  if (!cidr || [sharedRange, benchmarkRange].some((taken) => overlaps(cidr, taken))) {
    mistakes.add(
      "canal-ftp:deviceCidr",
      text,
      "a CIDR block such as 10.128.0.0/9, apart from 100.64.0.0/10 and 198.18.0.0/15",
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
  // Three zones want four parts, and the smallest subnet AWS makes is a /28.
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
