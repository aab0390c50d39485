import { connect } from "../../soracom/connect";
import type { Group, Sim, Vpg } from "../../soracom/soracom-api";
import { findOwned, type Owned } from "../../soracom/owned";
import { ownerTag } from "../../soracom/owner";
import { AwsReader, type RouteTable, type VpcPeering } from "../core/aws-reader";
import { toUserError } from "../core/errors";
import type { CanalOutputs } from "../core/stack";
import type { CliContext } from "../core/context";
import type { DesiredState } from "./desired-state";

/** What SORACOM reports. */
export interface SoracomView {
  readonly vpg: Vpg | undefined;
  /** Every VPG with the stack's tag. */
  readonly ownVpgs: readonly Vpg[];
  readonly group: Group | undefined;
  /** Every group with the stack's tag. */
  readonly ownGroups: readonly Group[];
  /** Everything that carries the stack's owner id. */
  readonly owned: Owned;
  /** SIMs of the group. */
  readonly sims: readonly Sim[];
}

/** What AWS reports. */
export interface AwsView {
  readonly peering: VpcPeering | undefined;
  readonly routeTables: readonly RouteTable[];
}

/** A view, or why it could not be read. */
export type ViewResult<T> = { readonly view: T } | { readonly reason: string };

/** The values of the owner tag that the site's components set: the owner id and the component's name. */
export function ownersOf(
  { project, stack }: Pick<DesiredState["file"], "project" | "stack">,
  { soracomOwner }: Pick<CanalOutputs, "soracomOwner">,
) {
  const site = `${soracomOwner}/${project}-${stack}`;
  return { vpg: `${site}-vpg`, group: `${site}-sims` };
}

export function readSoracom(
  desired: DesiredState,
  context: CliContext,
): Promise<ViewResult<SoracomView>> {
  return attempt(async () => {
    const { outputs, canal } = desired;
    const { job, explain } = connect(canal.coverage, { ...context, log: () => undefined });
    const owners = ownersOf(desired.file, outputs);
    try {
      const { soracom, sims } = job;
      const group = await soracom.findGroup(outputs.simGroupId);
      const owned = await findOwned(job, outputs.soracomOwner);
      return {
        vpg: await soracom.findVpg(outputs.vpgId),
        ownVpgs: owned.vpgs.filter(({ tags }) => tags?.[ownerTag] === owners.vpg),
        group,
        ownGroups: owned.groups.filter(({ tags }) => tags?.[ownerTag] === owners.group),
        owned,
        sims: group ? await sims.simsInGroup(group.groupId) : [],
      };
    } catch (error) {
      throw explain(error);
    }
  });
}

export function readAws(
  { file, region, outputs }: DesiredState,
  { aws }: CliContext,
): Promise<ViewResult<AwsView>> {
  return attempt(async () => {
    const reader = new AwsReader(aws({ region, profile: file.awsProfile }));
    const [peering, routeTables] = await Promise.all([
      reader.peering(outputs.peeringConnectionId),
      reader.routeTables(outputs.routeTableIds),
    ]);
    return { peering, routeTables };
  });
}

async function attempt<T>(read: () => Promise<T>): Promise<ViewResult<T>> {
  try {
    return { view: await read() };
  } catch (error) {
    return { reason: toUserError(error).message };
  }
}
