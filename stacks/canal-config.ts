import * as path from "node:path";

import { maxSims } from "../components/sim-group";
import type { Coverage } from "../lib/soracom-regions";
import { parseSims, readSimFile } from "../lib/sim-file";
import type { Mistakes } from "./mistakes";
import type { SiteValues } from "./site-schema";

/** SORACOM settings of a site. */
export interface CanalConfig {
  readonly coverage: Coverage;
  /** An existing VPG; undefined: create one. */
  readonly vpgId?: string;
  readonly deviceCidr: string;
  /** Resolvers of the devices; none: SORACOM's own. */
  readonly dnsServers: string[];
  /** From the configuration's list and its file together. */
  readonly simIds: string[];
  /** An existing group to use; undefined: create one. */
  readonly simGroupId?: string;
  /** An owner id to take over; undefined: a new one. */
  readonly soracomOwner?: string;
}

/** The folder that simFile is relative to: the project's. */
const root = path.join(__dirname, "..");

/** The SORACOM half of the values; undefined for a site without Canal. */
export function canalConfig(values: SiteValues, simIds: string[]): CanalConfig | undefined {
  const { canal, coverage, vpgId, deviceCidr, dnsServers, simGroupId, soracomOwner } = values;
  if (canal === "none") return undefined;
  return {
    coverage,
    vpgId,
    deviceCidr,
    dnsServers,
    simIds,
    simGroupId,
    soracomOwner,
  };
}

/** What exists before the stack, so that SORACOM's key needs no permission to create it. */
export function existingOf({ vpgId, simGroupId }: CanalConfig): ("vpg" | "group")[] {
  return [...(vpgId ? (["vpg"] as const) : []), ...(simGroupId ? (["group"] as const) : [])];
}

/** A given group keeps its own resolvers: only its VPG setting is changed. */
export function checkSimGroup(
  { canal, simGroupId, dnsServers = [], deviceName }: Partial<SiteValues>,
  mistakes: Mistakes,
): void {
  if (canal === "none" || simGroupId === undefined) return;
  const allowed = "nothing with simGroupId, whose group keeps its own DNS resolvers";
  if (dnsServers.length > 0) {
    mistakes.add("canal-ftp:dnsServers", JSON.stringify(dnsServers), allowed);
  }
  if (deviceName) mistakes.add("canal-ftp:deviceName", deviceName, allowed);
}

/** The SIMs of the configuration's list and of its file together. */
export function readSims(
  { canal, simIds = [], simFile: file = "" }: Partial<SiteValues>,
  mistakes: Mistakes,
): string[] {
  if (file === "" || canal === "none") return simIds;
  const listed = simsOfFile(file, mistakes);
  for (const simId of listed.filter((candidate) => simIds.includes(candidate))) {
    mistakes.add("canal-ftp:simIds", simId, `each only once; ${file} has it`);
  }
  const all = [...simIds, ...listed];
  if (all.length > maxSims) {
    const allowed = `${maxSims} SIMs at most, with ${file} ${all.length} are given; canal-ftp sims takes any number`;
    mistakes.add("canal-ftp:simFile", file, allowed);
  }
  return all;
}

/** The SIMs of a file; each mistake in it is noted with its line. */
function simsOfFile(file: string, mistakes: Mistakes): string[] {
  if (path.isAbsolute(file) || file.split(/[\\/]/).includes("..")) {
    mistakes.add("canal-ftp:simFile", file, "a path below the project's folder, or nothing");
    return [];
  }
  try {
    const { simIds, wrong } = parseSims(readSimFile(path.join(root, file)));
    for (const { line, given, allowed } of wrong) mistakes.add(`${file}:${line}`, given, allowed);
    return simIds;
  } catch (error) {
    mistakes.add("canal-ftp:simFile", file, `a list of SIMs, but ${(error as Error).message}`);
    return [];
  }
}
