import { groupJournal, groupJournalTag } from "../../soracom/group-journal";
import type { Group, Sim } from "../../soracom/soracom-api";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import { type Session, otherVpgOf, sessionOf } from "../../soracom/session";
import type { DesiredState } from "./desired-state";
import { checkTags } from "./tag-checks";
import { type SoracomView, ownersOf } from "./views";

/** The group exists, and sends its SIMs through the VPG with the configured resolvers. */
export function checkGroup(desired: DesiredState, { group, ownGroups }: SoracomView): Finding[] {
  const { file, outputs, canal } = desired;
  const id = outputs.simGroupId;
  const replace = replaceLine(file.project, file.stack, "group");
  if (!group) {
    const remedy = `Group ${id} no longer exists at SORACOM. Create another: ${replace}`;
    const found = "does not exist";
    return [{ check: `group ${id}`, state: "drift", found, expected: "exists", remedy }];
  }
  const air = group.configuration?.SoracomAir ?? {};
  const remedy = `Group ${id} was changed outside Pulumi. Change it back in SORACOM's console, or replace it, which resets the sessions of its SIMs: ${replace}`;
  const several = `Several groups have this stack's tag. Delete those without a SIM: ${replaceLine(file.project, file.stack, "settings")}`;
  return [
    compare(`group ${id}: useVpg`, air.useVpg, true, remedy),
    compare("group's VPG", air.vpgId, outputs.vpgId, remedy),
    ...(canal.simGroupId === undefined
      ? checkOwnGroup(desired, group, remedy)
      : [checkNote(desired, group)]),
    ...(ownGroups.length > 1
      ? [compare("groups of this stack", ownGroups.length, 1, several)]
      : []),
  ];
}

/** The resolvers and tags of the group that the program creates. */
function checkOwnGroup(
  desired: DesiredState,
  { groupId: id, tags, configuration }: Group,
  remedy: string,
): Finding[] {
  const { canal, outputs, file } = desired;
  const { useCustomDns = false, dnsServers } = configuration?.SoracomAir ?? {};
  const resolvers = outputs.resolverIps ?? canal.dnsServers;
  const isCustom = resolvers.length > 0;
  return [
    compare("group's custom DNS", useCustomDns, isCustom, remedy),
    ...(isCustom ? [compare("group's resolvers", dnsServers, resolvers, remedy)] : []),
    ...checkTags(desired, { kind: "group", id, tags, owner: ownersOf(file, outputs).group }),
  ];
}

/** The tag of a given group, without which its former VPG setting would not be restored. */
function checkNote({ file, outputs }: DesiredState, group: Group): Finding {
  const owner = ownersOf(file, outputs).group;
  const remedy = `Without tag ${groupJournalTag}, destroy leaves the group's VPG setting as it is. Set it again: ${replaceLine(file.project, file.stack, "group")}`;
  return compare("group's note of its owner", groupJournal(group)?.owner, owner, remedy);
}

/** Every configured SIM is in the group, and every SIM of the group has its session in the VPG. */
export function checkSims(desired: DesiredState, { sims }: SoracomView): Finding[] {
  const { file, outputs, canal } = desired;
  const attach = (simId: string) => `npx canal-ftp sims attach --stack ${file.stack} ${simId}`;
  const members = new Set(sims.map(({ simId }) => simId));
  const missing = canal.simIds
    .filter((simId) => !members.has(simId))
    .map((simId): Finding => {
      const remedy = `SIM ${simId} was removed from the group. Attach it again: ${attach(simId)}`;
      const found = "not in the group";
      return { check: `SIM ${simId}`, state: "drift", found, expected: "in the group", remedy };
    });
  const elsewhere = sims
    .filter((sim) => sessionOf(sim, outputs.vpgId) === "elsewhere")
    .map((sim): Finding => {
      const { simId } = sim;
      const other = otherVpgOf(sim, outputs.vpgId);
      const found = `session in ${other === undefined ? "no VPG" : `VPG ${other}`}`;
      const remedy = `SIM ${simId} has not reconnected since it joined the group. Reset its session: ${attach(simId)}`;
      return { check: `SIM ${simId}`, state: "drift", found, expected: "in this VPG", remedy };
    });
  return [countSims(sims, outputs.vpgId), ...missing, ...elsewhere];
}

/** An offline device is not drift. */
function countSims(sims: readonly Sim[], vpgId: string): Finding {
  const count = (session: Session) =>
    sims.filter((sim) => sessionOf(sim, vpgId) === session).length;
  const virtual = sims.filter(({ type }) => type === "virtual").length;
  const ofArc = virtual > 0 ? `, ${virtual} of them of Arc` : "";
  const found = `${sims.length} in the group${ofArc}: ${count("here")} in the VPG, ${count("offline")} offline`;
  return { check: "SIMs", state: sims.length > 0 ? "ok" : "note", found };
}
