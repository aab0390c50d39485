import { typeF, vpgRange } from "../../components/vpg";
import { OWNER_TAG } from "../../soracom/soracom-api";
import { isLive } from "../../soracom/vpg";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import { type SoracomView, ownersOf } from "./views";
import type { DesiredState } from "./desired-state";

/** The block that routes back to the devices lead to: the VPG's own, as the program takes it. */
export function destinationOf({ vpg }: Pick<SoracomView, "vpg">): string {
  return vpg?.vpgSubnetCidrRange ?? vpgRange;
}

/** The VPG runs, is of the right settings, and is the only one. */
export function checkVpg(wanted: DesiredState, { vpg, ownVpgs }: SoracomView): Finding[] {
  const { file, outputs, canal, region } = wanted;
  const id = outputs.vpgId;
  const anew = replaceLine(file.project, file.stack, "gateway");
  const isOwn = canal.vpgId === undefined;
  if (!vpg || !isLive(vpg)) {
    const remedy = isOwn
      ? `VPG ${id} is gone at SORACOM. Make another, with peering, group and routes: ${anew}`
      : `VPG ${id} is gone at SORACOM. Name another in canal-ftp:vpgId and run pulumi up.`;
    const found = vpg?.status ?? "not there";
    return [{ check: `VPG ${id}`, state: "drift", found, wanted: "running", remedy }];
  }
  const waiting = `VPG ${id} does not run. If it goes on, ask SORACOM's support; no setting here changes it.`;
  const fixed = isOwn
    ? `A VPG's settings are fixed at its creation. Make another: ${anew}`
    : "A VPG's settings are fixed at its creation. Name another VPG in canal-ftp:vpgId.";
  const setting = (check: string, found: unknown, is: unknown): Finding =>
    // SORACOM's specification promises none of these fields.
    found === undefined
      ? { check, state: "note", found: "not told by SORACOM" }
      : compare(check, found, is, fixed);
  return [
    compare(`VPG ${id}`, vpg.status, "running", waiting),
    setting("VPG type", vpg.type, typeF),
    setting("VPG region", vpg.placement?.region, region),
    ...(isOwn
      ? [
          setting("VPG internet gateway", vpg.useInternetGateway, false),
          setting("VPG device range", vpg.deviceSubnetCidrRange, canal.deviceCidr),
          ...checkOwner(wanted, vpg.tags?.[OWNER_TAG], ownVpgs.filter(isLive).length),
        ]
      : []),
  ];
}

function checkOwner(wanted: DesiredState, tag: string | undefined, count: number): Finding[] {
  const owner = ownersOf(wanted).vpg;
  const remedy = `Set tag ${OWNER_TAG} of VPG ${wanted.outputs.vpgId} to ${owner} in SORACOM's console: a run that has to find it again looks for that.`;
  const extra = `Every VPG bills. Terminate in SORACOM's console those with tag ${OWNER_TAG} ${owner} that are not ${wanted.outputs.vpgId}.`;
  return [
    compare("VPG owner tag", tag, owner, remedy),
    ...(count > 1 ? [compare("VPGs of this stack", count, 1, extra)] : []),
  ];
}
