import { typeF, vpgRange } from "../../components/vpg";
import { isLive } from "../../soracom/vpg";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import type { DesiredState } from "./desired-state";
import { checkTags } from "./tag-checks";
import { type SoracomView, ownersOf } from "./views";

/** The destination of the routes back to the devices: the VPG's own block, as the program reads it. */
export function destinationOf({ vpg }: Pick<SoracomView, "vpg">): string {
  return vpg?.vpgSubnetCidrRange ?? vpgRange;
}

/** The VPG runs, has the configured settings, and is the only one of the stack. */
export function checkVpg(desired: DesiredState, { vpg, ownVpgs }: SoracomView): Finding[] {
  const { file, outputs, canal, region } = desired;
  const id = outputs.vpgId;
  const replace = replaceLine(file.project, file.stack, "gateway");
  const isOwn = canal.vpgId === undefined;
  if (!vpg || !isLive(vpg)) {
    const remedy = isOwn
      ? `VPG ${id} no longer exists at SORACOM. Create another, with peering, group and routes: ${replace}`
      : `VPG ${id} no longer exists at SORACOM. Set canal-ftp:vpgId to another one and run pulumi up.`;
    const found = vpg?.status ?? "does not exist";
    return [{ check: `VPG ${id}`, state: "drift", found, expected: "running", remedy }];
  }
  const notRunning = `VPG ${id} is not running. If that lasts, contact SORACOM's support; no setting here changes it.`;
  const fixed = isOwn
    ? `A VPG's settings are fixed when it is created. Create another: ${replace}`
    : "A VPG's settings are fixed when it is created. Set canal-ftp:vpgId to another VPG.";
  const setting = (check: string, found: unknown, expected: unknown): Finding =>
    // SORACOM's specification guarantees none of these fields.
    found === undefined
      ? { check, state: "note", found: "not reported by SORACOM" }
      : compare(check, found, expected, fixed);
  return [
    compare(`VPG ${id}`, vpg.status, "running", notRunning),
    setting("VPG type", vpg.type, typeF),
    setting("VPG region", vpg.placement?.region, region),
    ...(isOwn
      ? [
          setting("VPG internet gateway", vpg.useInternetGateway, false),
          setting("VPG device range", vpg.deviceSubnetCidrRange, canal.deviceCidr),
          ...checkTags(desired, {
            kind: "VPG",
            id,
            tags: vpg.tags,
            owner: ownersOf(file, outputs).vpg,
          }),
          ...checkOnlyOne(desired, ownVpgs.filter(isLive).length),
        ]
      : []),
  ];
}

function checkOnlyOne({ file }: DesiredState, count: number): Finding[] {
  const remedy = `Every VPG is billed. Keep the one with the peering and terminate the others, unless something uses them: ${replaceLine(file.project, file.stack, "tags")}`;
  return count > 1 ? [compare("VPGs of this stack", count, 1, remedy)] : [];
}
