import type { Group, Sim } from "../../soracom/soracom-api";

/** Where a SIM's session is: in the VPG, outside it, or the SIM is offline. */
export type Session = "here" | "elsewhere" | "offline";

export function sessionOf({ sessionStatus }: Sim, vpgId: string | undefined): Session {
  if (sessionStatus?.online === false) return "offline";
  return sessionStatus?.vpgId !== undefined && sessionStatus.vpgId === vpgId ? "here" : "elsewhere";
}

/** The VPG that the group's SIMs use. */
export function vpgOf({ configuration }: Group): string | undefined {
  return configuration?.SoracomAir?.vpgId as string | undefined;
}
