import * as path from "node:path";

import type { Coverage } from "../components/soracom-command";
import { parseAddress } from "../lib/ipv4";
import type { Mistakes } from "./mistakes";
import type { Reader } from "./reader";
import { parseSims, readSimFile, simIdForm, simIdWords } from "../lib/sim-file";

/** The SORACOM half of a site. */
export interface CanalConfig {
  readonly coverage: Coverage;
  /** An existing VPG; undefined: make one. */
  readonly vpgId?: string;
  readonly deviceCidr: string;
  /** Resolvers of the devices; none: SORACOM's own. */
  readonly dnsServers: string[];
  /** Of the list in the configuration and of the file together. */
  readonly simIds: string[];
  /** How long to wait for VPG, peering and group. */
  readonly timeoutSeconds: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The Command hands what it printed of every SIM back to its next run in one environment variable, which Linux
 * limits to 128 KiB.
 */
const mostSims = 1000;

/** Folder that simFile is relative to: the program's. */
const root = path.join(__dirname, "..");

/** The keys of the SORACOM half, each checked by itself. */
export function readCanal(read: Reader, coverage: Coverage, mistakes: Mistakes): CanalConfig {
  const dnsServers = read.list("dnsServers", /./, "an IPv4 address such as 10.0.0.2");
  for (const server of dnsServers) {
    if (parseAddress(server) !== undefined) continue;
    mistakes.add("canal-ftp:dnsServers", server, "an IPv4 address such as 10.0.0.2");
  }
  return {
    coverage,
    vpgId: read.optional("vpgId", uuid, "a VPG id as SORACOM shows it (a UUID), or nothing"),
    deviceCidr: read.text("deviceCidr"),
    dnsServers,
    simIds: readSims(read, mistakes),
    timeoutSeconds: 60 * read.wholeNumber("soracomTimeoutMinutes", 1, 180),
  };
}

function readSims(read: Reader, mistakes: Mistakes): string[] {
  const simIds = read.list("simIds", simIdForm, `${simIdWords}, in quotes`);
  const file = read.text("simFile");
  if (file === "") return simIds;
  const listed = simsOfFile(file, mistakes);
  for (const simId of listed.filter((candidate) => simIds.includes(candidate))) {
    mistakes.add("canal-ftp:simIds", simId, `each only once; ${file} has it`);
  }
  const all = [...simIds, ...listed];
  if (all.length > mostSims) {
    const allowed = `${mostSims} SIMs at most, with ${file} ${all.length} are given; canal-ftp sims takes any number`;
    mistakes.add("canal-ftp:simFile", file, allowed);
  }
  return all;
}

/** The SIMs of a file; what is wrong in it is noted with its line. */
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
