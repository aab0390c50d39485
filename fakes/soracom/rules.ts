import { containsCidr, overlaps, parseCidr } from "../../lib/ipv4";
import { GroupRecord, World } from "./world";

/** An error reply. The codes are the stand-in's own, except SEM0016: SORACOM does not list its codes. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** 404. */
export function missing(what: string, id: string): ApiError {
  return new ApiError(404, "STANDIN_MISSING", `no ${what} ${id}`);
}

/** 400 for a request that breaks a rule. */
export function invalid(message: string): ApiError {
  return new ApiError(400, "STANDIN_INVALID", message);
}

/** Blocks that a device range must not overlap. */
const reservedRanges = ["100.64.0.0/10", "198.18.0.0/15"];

/** Blocks that a peering may lead to. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Throws when devices cannot have addresses of this block. */
export function refuseDeviceRange(text: string): void {
  const range = parseCidr(text);
  const clash = range && reservedRanges.find((block) => overlaps(range, parseCidr(block) ?? range));
  if (!range || clash) throw invalid(`device range ${text} is no CIDR block or is in ${clash}`);
}

/** Throws when a peering cannot lead to this block. */
export function refuseDestination(text: string): void {
  const range = parseCidr(text);
  const inside =
    range && privateRanges.some((block) => containsCidr(parseCidr(block) ?? range, range));
  if (!range || !inside || range.prefix < 16) {
    throw invalid(`destination ${text} is not a /16 or smaller block of RFC 1918`);
  }
}

/** Throws when the group's configuration names no running VPG, or is too large. */
export function refuseConfig(world: World, group: GroupRecord): void {
  const air = group.configuration.SoracomAir;
  if (air?.useVpg) {
    const vpg = world.vpgs.get(air.vpgId ?? "");
    if (!vpg) throw missing("VPG", String(air.vpgId));
    if (vpg.status !== "running") throw invalid(`VPG ${vpg.vpgId} is ${vpg.status}`);
  }
  if (JSON.stringify(group.configuration).length > 8192) throw invalid("more than 8 KB");
}
