import { checkGroup, checkSims } from "../../status/group-checks";
import type { SoracomView } from "../../status/views";
import { checkVpg } from "../../status/vpg-checks";
import type { Finding } from "../../core/findings";
import type { DesiredState } from "../../status/desired-state";
import { withoutCanal, type Hop } from "../hop";

function soracomHop(
  name: string,
  check: (desired: DesiredState, view: SoracomView) => Finding[],
): Hop {
  return {
    name,
    check: async ({ desired, soracom }) =>
      desired ? check(desired, await soracom()) : [withoutCanal(name)],
  };
}

/** Each SIM has its session in the VPG. */
export const simsHop = soracomHop("SIMs", checkSims);

/** The group sends its SIMs through the VPG. */
export const groupHop = soracomHop("SIM group", checkGroup);

/** The VPG runs, with the right settings. */
export const vpgHop = soracomHop("VPG", checkVpg);
