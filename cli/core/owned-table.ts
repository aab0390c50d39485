import type { Owned } from "../../soracom/owned";
import { groupJournal } from "../../soracom/group-journal";
import { ownerOf, ownerTag } from "../../soracom/owner";
import { ownPeerings } from "../../soracom/peering-journal";

/** An item at SORACOM that carries an owner id. */
export interface OwnedItem {
  readonly owner: string;
  readonly kind: "VPG" | "peering" | "group";
  readonly id: string;
  /** Its state, or where it is. */
  readonly state: string;
}

/** Everything that was found, ordered by owner id. */
export function ownedItems({ vpgs, groups, givenGroups, peerings }: Owned): OwnedItem[] {
  const items: OwnedItem[] = [
    ...vpgs.flatMap((vpg) => {
      const owner = ownerOf(vpg.tags?.[ownerTag] ?? "");
      const state = `of VPG ${vpg.vpgId}`;
      return [
        { owner, kind: "VPG" as const, id: vpg.vpgId, state: vpg.status ?? "not reported" },
        ...Object.keys(vpg.vpcPeeringConnections ?? {}).map((id) => ({
          ...{ owner, kind: "peering" as const, id, state },
        })),
      ];
    }),
    ...peerings.flatMap(({ vpg, journal }) =>
      ownPeerings(vpg, journal.vpcId).map((id) => ({
        ...{ owner: ownerOf(journal.owner), kind: "peering" as const, id },
        state: `of VPG ${vpg.vpgId}, which is not the owner's`,
      })),
    ),
    ...groups.map(({ groupId, tags }) => ({
      owner: ownerOf(tags?.[ownerTag] ?? ""),
      ...{ kind: "group" as const, id: groupId, state: tags?.name ?? "" },
    })),
    ...givenGroups.map((group) => ({
      owner: ownerOf(groupJournal(group)?.owner ?? ""),
      ...{ kind: "group" as const, id: group.groupId, state: "not the owner's; is restored" },
    })),
  ];
  return items.sort((a, b) => a.owner.localeCompare(b.owner));
}
