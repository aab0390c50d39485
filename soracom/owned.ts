import { Job } from "./job";
import { groupJournal } from "./group-journal";
import { isOwnedBy, ownerTag } from "./owner";
import { PeeringJournal, peeringJournals } from "./peering-journal";
import { Group, Vpg } from "./soracom-api";
import { isLive } from "./vpg";

/** Everything that carries an owner id in one coverage. */
export interface Owned {
  /** Groups made for the owner. */
  readonly groups: readonly Group[];
  /** Groups that the owner was given, whose former VPG setting is noted. */
  readonly givenGroups: readonly Group[];
  /** VPGs made for the owner that are not terminated; a VPG may bill until its termination is complete. */
  readonly vpgs: readonly Vpg[];
  /** Peerings that the owner created, or began to create, on existing VPGs. */
  readonly peerings: readonly { readonly vpg: Vpg; readonly journal: PeeringJournal }[];
}

/** Reads complete lists and compares tags here, because a search by tag could omit recently tagged items. */
export async function findOwned(job: Job, owner: string): Promise<Owned> {
  const vpgs = (await job.soracom.listVpgs()).filter(({ status }) => status !== "terminated");
  const groups = await job.soracom.listGroups();
  const mine = (item: Vpg | Group) => isOwnedBy(owner, item.tags?.[ownerTag]);
  return {
    groups: groups.filter(mine),
    givenGroups: groups.filter(
      (group) => !mine(group) && isOwnedBy(owner, groupJournal(group)?.owner),
    ),
    vpgs: vpgs.filter(mine),
    peerings: vpgs
      .filter((vpg) => isLive(vpg) && !mine(vpg))
      .flatMap((vpg) => peeringJournals(vpg).map((journal) => ({ vpg, journal })))
      .filter(({ journal }) => isOwnedBy(owner, journal.owner)),
  };
}
