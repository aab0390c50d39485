/**
 * The Canal VPC peering carries no tags, and the form of the values in the VPG's map of peerings is not documented.
 * To identify the stack's own peering after an interruption, each run keeps a journal in a tag of the VPG, one per
 * VPC; its first word is the owner of the peering:
 *
 *     canal-ftp-peering-vpc-0a1b = "canal-ftp/dev/k3j9 making pcx-1 pcx-2"    before the creation: the ids already there
 *     canal-ftp-peering-vpc-0a1b = "canal-ftp/dev/k3j9 pcx-3"                 after it
 *
 * An id that exists and is not in the "making" list was created by the run that wrote the list. A VPC named by a
 * value in the map takes precedence: it identifies the owner of the peering. A peering that is created manually
 * between an interrupted run and the next, and whose value names no VPC, is treated as the stack's own. A VPG that
 * existed before the stack also gets the tag; `peering remove` removes it.
 */
import { Vpg } from "./soracom-api";

const tagPrefix = "canal-ftp-peering-";
const makingMark = "making";

/** One entry, as read from the VPG's tag. */
export interface PeeringJournal {
  readonly tag: string;
  readonly vpcId: string;
  readonly owner: string;
  /** Whether a creation was begun and its end not recorded. */
  readonly making: boolean;
  /** During the creation: the peerings that existed before. Afterwards: the one that was made. */
  readonly ids: readonly string[];
}

/** The tag that has the journal of the peering with this VPC. */
export function journalTag(vpcId: string): string {
  return `${tagPrefix}${vpcId}`;
}

/** Every entry on the VPG. */
export function peeringJournals(vpg: Vpg): PeeringJournal[] {
  return Object.entries(vpg.tags ?? {}).flatMap(([tag, value]) => {
    if (!tag.startsWith(tagPrefix)) return [];
    const [owner, ...words] = value.split(" ");
    const making = words[0] === makingMark;
    const ids = making ? words.slice(1) : words;
    return [{ tag, vpcId: tag.slice(tagPrefix.length), owner, making, ids }];
  });
}

/** The tag's value before a creation. */
export function makingEntry(owner: string, existing: readonly string[]): string {
  return [owner, makingMark, ...existing].join(" ");
}

/** The tag's value after a creation. */
export function madeEntry(owner: string, id: string): string {
  return `${owner} ${id}`;
}

/** The VPG's peerings that belong to the stack by their value in the map or by the journal. */
export function ownPeerings(vpg: Vpg, vpcId: string): string[] {
  const entries = Object.entries(vpg.vpcPeeringConnections ?? {}).map(([id, value]) => {
    const vpcs: readonly string[] = JSON.stringify(value ?? null).match(/\bvpc-\w+/g) ?? [];
    return { id, vpcs };
  });
  const named = entries.filter(({ vpcs }) => vpcs.includes(vpcId));
  const journal = peeringJournals(vpg).find((entry) => entry.vpcId === vpcId);
  const isOurs = (id: string) =>
    journal !== undefined && journal.making !== journal.ids.includes(id);
  const nameless = entries.filter(({ id, vpcs }) => vpcs.length === 0 && isOurs(id));
  // The recorded one first: it is the one to keep.
  const recorded = (id: string) => Number(journal?.making === false && journal.ids.includes(id));
  return (named.length > 0 ? named : nameless)
    .map(({ id }) => id)
    .sort((a, b) => recorded(b) - recorded(a));
}
