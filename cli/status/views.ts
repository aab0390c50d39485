import { connect } from "../../soracom/connect";
import type { Group, Sim, Vpg } from "../../soracom/soracom-api";
import { AwsReader, type RouteTable, type VpcPeering } from "../core/aws-reader";
import { toUserError } from "../core/errors";
import type { CliContext } from "../core/context";
import type { DesiredState } from "./desired-state";

/** What SORACOM says. */
export interface SoracomView {
  readonly vpg: Vpg | undefined;
  /** Every VPG with the stack's tag. */
  readonly ownVpgs: readonly Vpg[];
  readonly group: Group | undefined;
  readonly ownGroups: readonly Group[];
  /** SIMs of the group. */
  readonly sims: readonly Sim[];
}

/** What AWS says. */
export interface AwsView {
  readonly peering: VpcPeering | undefined;
  readonly routeTables: readonly RouteTable[];
}

/** A view, or why there is none. */
export type Seen<T> = { readonly view: T } | { readonly reason: string };

/** The tags' values that the site's components give. */
export function ownersOf({ file: { project, stack } }: Pick<DesiredState, "file">) {
  return { vpg: `${project}/${stack}/vpg`, group: `${project}/${stack}/sims` };
}

export function lookAtSoracom(wanted: DesiredState, context: CliContext) {
  return seen<SoracomView>(async () => {
    const { outputs, canal } = wanted;
    const { job, explain } = connect(canal.coverage, { ...context, say: () => undefined });
    const owners = ownersOf(wanted);
    try {
      const { soracom } = job;
      const group = await soracom.findGroup(outputs.simGroupId);
      return {
        vpg: await soracom.findVpg(outputs.vpgId),
        ownVpgs: await soracom.vpgsOwnedBy(owners.vpg),
        group,
        ownGroups: await soracom.groupsOwnedBy(owners.group),
        sims: group ? await soracom.simsInGroup(group.groupId) : [],
      };
    } catch (error) {
      throw explain(error);
    }
  });
}

export function lookAtAws({ file, region, outputs }: DesiredState, { aws }: CliContext) {
  return seen<AwsView>(async () => {
    const reader = new AwsReader(aws({ region, profile: file.awsProfile }));
    const [peering, routeTables] = await Promise.all([
      reader.peering(outputs.peeringConnectionId),
      reader.routeTables(outputs.routeTableIds),
    ]);
    return { peering, routeTables };
  });
}

async function seen<T>(look: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { view: await look() };
  } catch (error) {
    return { reason: toUserError(error).message };
  }
}
