import type { Sim } from "../../soracom/soracom-api";
import { type Finding, compare } from "../core/findings";
import { sessionOf } from "../sims/work";
import { replaceLine } from "../core/urns";
import type { SoracomView } from "./views";
import type { DesiredState } from "./desired-state";

/** The group is there, and its SIMs go through the VPG with the right resolvers. */
export function checkGroup(wanted: DesiredState, { group, ownGroups }: SoracomView): Finding[] {
  const { file, outputs, canal } = wanted;
  const id = outputs.simGroupId;
  const anew = replaceLine(file.project, file.stack, "group");
  if (!group) {
    const remedy = `Group ${id} is gone at SORACOM. Make another: ${anew}`;
    return [{ check: `group ${id}`, state: "drift", found: "not there", wanted: "there", remedy }];
  }
  const air = group.configuration?.SoracomAir ?? {};
  const remedy = `Somebody changed group ${id}. Change it back in SORACOM's console, or make it anew, which resets the sessions of its SIMs: ${anew}`;
  const isCustom = canal.dnsServers.length > 0;
  const several = `There are several groups with this stack's tag. Delete in SORACOM's console those that are not ${id}.`;
  return [
    compare(`group ${id}: useVpg`, air.useVpg, true, remedy),
    compare("group's VPG", air.vpgId, outputs.vpgId, remedy),
    compare("group's own resolvers", air.useCustomDns ?? false, isCustom, remedy),
    ...(isCustom ? [compare("group's resolvers", air.dnsServers, canal.dnsServers, remedy)] : []),
    ...(ownGroups.length > 1
      ? [compare("groups of this stack", ownGroups.length, 1, several)]
      : []),
  ];
}

/** Each SIM of the configuration is in the group, and each that is in it has its session in the VPG. */
export function checkSims(wanted: DesiredState, { sims }: SoracomView): Finding[] {
  const { file, outputs, canal } = wanted;
  const attach = (simId: string) => `canal-ftp sims attach --stack ${file.stack} ${simId}`;
  const bySimId = new Map(sims.map((sim) => [sim.simId, sim]));
  const missing = canal.simIds
    .filter((simId) => !bySimId.has(simId))
    .map((simId): Finding => {
      const remedy = `SIM ${simId} was taken out of the group. Put it back: ${attach(simId)}`;
      return {
        check: `SIM ${simId}`,
        state: "drift",
        found: "not in the group",
        wanted: "in the group",
        remedy,
      };
    });
  const astray = sims
    .filter((sim) => sessionOf(sim, outputs.vpgId) === "elsewhere")
    .map(({ simId, sessionStatus }): Finding => {
      const found = `session in ${sessionStatus?.vpgId ? `VPG ${sessionStatus.vpgId}` : "no VPG"}`;
      const remedy = `SIM ${simId} has not reconnected since it joined the group. Reset its session: ${attach(simId)}`;
      return { check: `SIM ${simId}`, state: "drift", found, wanted: "in this VPG", remedy };
    });
  return [countSims(sims, outputs.vpgId), ...missing, ...astray];
}

/** A device that is switched off is no drift. */
function countSims(sims: readonly Sim[], vpgId: string): Finding {
  const count = (session: string) => sims.filter((sim) => sessionOf(sim, vpgId) === session).length;
  const found = `${sims.length} in the group: ${count("here")} in the VPG, ${count("offline")} offline`;
  return { check: "SIMs", state: sims.length > 0 ? "ok" : "note", found };
}
