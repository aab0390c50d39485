import type { Group, Sim } from "./soracom-api";

/** The session of a SIM: in the VPG, outside it, or none (offline). */
export type Session = "here" | "elsewhere" | "offline";

/** The VPGs of the SIM's sessions, undefined for a session without one. A SIM with an added virtual SIM can have two. */
function vpgsOf({ sessionStatus: cellular, arcSessionStatus: arc }: Sim): (string | undefined)[] {
  return [
    ...(cellular && cellular.online !== false ? [cellular.vpgId] : []),
    ...(arc ? [arc.vpgId] : []),
  ];
}

/** A SIM with at least one session outside the VPG is `elsewhere`. */
export function sessionOf(sim: Sim, vpgId: string | undefined): Session {
  const vpgs = vpgsOf(sim);
  if (vpgs.length === 0) return "offline";
  return vpgId !== undefined && vpgs.every((one) => one === vpgId) ? "here" : "elsewhere";
}

/** The VPG of a session that is not in this VPG; undefined for none. */
export function otherVpgOf(sim: Sim, vpgId: string): string | undefined {
  return vpgsOf(sim).find((one) => one !== vpgId);
}

/** The address that the VPC sees: with Type-F that of a gateway of the VPG, which many SIMs share. */
export function sourceAddressOf({ sessionStatus, arcSessionStatus }: Sim): string | undefined {
  return sessionStatus?.gatewayPrivateIpAddress ?? arcSessionStatus?.gatewayPrivateIpAddress;
}

/** The VPG that the group's SIMs use. */
export function vpgOf({ configuration }: Group): string | undefined {
  return configuration?.SoracomAir?.vpgId as string | undefined;
}
