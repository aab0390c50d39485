import { ownPeerings } from "../../soracom/peering-journal";
import { ownedItems } from "../core/owned-table";
import { type Finding, compare } from "../core/findings";
import type { DesiredState } from "./desired-state";
import type { SoracomView } from "./views";

/** Nothing at SORACOM carries the stack's owner id that the stack does not have: it would bill unnoticed. */
export function checkClaim({ file, outputs }: DesiredState, { owned }: SoracomView): Finding {
  const { soracomOwner, vpgId, vpcId, peeringConnectionId, simGroupId } = outputs;
  const own = owned.vpgs.find((vpg) => vpg.vpgId === vpgId);
  const extra = ownedItems(owned).filter(({ kind, id, state }) => {
    if (id === vpgId || id === simGroupId || id === peeringConnectionId) return false;
    // Other peerings of the stack's VPG may have been made by an operator, for another VPC.
    const isOfOwnVpg = kind === "peering" && state === `of VPG ${vpgId}`;
    return !isOfOwnVpg || (own !== undefined && ownPeerings(own, vpcId).includes(id));
  });
  const found = extra.map(({ kind, id }) => `${kind} ${id}`).join(", ");
  return compare(
    `claim ${soracomOwner}`,
    found === "" ? "only what the stack has" : `also carried by ${found}`,
    "only what the stack has",
    `What an interrupted update or an operator made under the stack's owner id may bill. pulumi destroy -s ${file.stack} removes it with the stack; to keep the stack, terminate it in SORACOM's console.`,
  );
}
