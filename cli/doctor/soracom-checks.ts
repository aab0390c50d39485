import { typeF } from "../../components/vpg";
import { existingOf } from "../../stacks/canal-config";
import { overlaps, parseCidr } from "../../lib/ipv4";
import { connect } from "../../soracom/connect";
import type { Permissions } from "../../soracom/access";
import { isOwnedBy, ownerTag } from "../../soracom/owner";
import type { Soracom, Vpg } from "../../soracom/soracom-api";
import { lackOf, unreadNote } from "../../soracom/preflight";
import { isLive } from "../../soracom/vpg";
import { toUserError } from "../core/errors";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import { ownersOf } from "../status/views";
import type { CliContext } from "../core/context";
import { checkSims } from "./sim-checks";
import type { PlannedSite } from "./site";

/** SORACOM accepts the key for the stack's coverage, and the VPG meets the update's requirements. */
export async function checkSoracomSide(
  site: PlannedSite,
  context: CliContext,
): Promise<{ findings: Finding[]; vpg?: Vpg }> {
  const { canal } = site.config;
  if (!canal) return { findings: [] };
  const check = "SORACOM's key";
  const log = () => undefined;
  try {
    const { job, explain } = connect(canal.coverage, { ...context, log });
    try {
      // First, since it returns within seconds when SORACOM cannot be reached.
      const permissions = await job.access.permissions(existingOf(canal));
      const { findings, vpg } = await (canal.vpgId === undefined
        ? checkOwnVpg(job.soracom, site)
        : checkGivenVpg(job.soracom, site, canal.vpgId));
      const accepted = `accepted, coverage ${canal.coverage}`;
      return {
        findings: [
          { check, state: "ok", found: accepted },
          checkPermissions(permissions),
          ...findings,
          ...(vpg ? checkPeerings(site, vpg) : []),
          ...(await checkSims(job, site)),
        ],
        vpg,
      };
    } catch (error) {
      throw explain(error);
    }
  } catch (error) {
    const remedy = toUserError(error).message;
    return { findings: [{ check, state: "failed", found: "not accepted", remedy }] };
  }
}

function checkPermissions(permissions: Permissions): Finding {
  const check = "SORACOM's permissions";
  if (permissions.state === "root") return { check, state: "ok", found: "the root user's" };
  if (permissions.state === "unread") {
    const remedy = unreadNote(permissions);
    return { check, state: "note", found: `could not be read`, remedy };
  }
  const { userName, missing } = permissions;
  if (missing.length === 0) return { check, state: "ok", found: `all that ${userName} needs` };
  const found = `${userName} lacks ${missing.length}`;
  return { check, state: "failed", found, remedy: lackOf(permissions) };
}

type VpgCheck = { findings: Finding[]; vpg?: Vpg };

async function checkOwnVpg(soracom: Soracom, site: PlannedSite): Promise<VpgCheck> {
  const check = "VPG of this stack";
  const { outputs, file } = site;
  if (outputs?.soracomOwner === undefined)
    return { findings: [await checkUnclaimed(soracom, file)] };
  const owner = ownersOf(file, { soracomOwner: outputs.soracomOwner }).vpg;
  const live = (await soracom.vpgsOwnedBy(owner)).filter(isLive);
  if (live.length > 1) {
    const found = live.map(({ vpgId }) => vpgId).join(", ");
    const remedy = `Only one VPG may have the tag ${owner}, and each is billed. Keep the one with the peering and terminate the others, unless something uses them: ${replaceLine(file.project, file.stack, "tags")}`;
    return { findings: [{ check, state: "failed", found, expected: "at most one", remedy }] };
  }
  const [vpg] = live;
  if (!vpg) {
    const found = "none yet; pulumi up creates one, which is billed from then on";
    return { findings: [{ check, state: "note", found }] };
  }
  return { findings: [{ check, state: "ok", found: `${vpg.vpgId} ${vpg.status}` }], vpg };
}

/** Before the first update: VPGs that a stack of this name made and that bill, here or on another backend. */
async function checkUnclaimed(
  soracom: Soracom,
  { project, stack }: PlannedSite["file"],
): Promise<Finding> {
  const check = "VPG of this stack";
  const prefix = `${project}/${stack}`;
  const others = (await soracom.listVpgs()).filter(
    (vpg) => isLive(vpg) && isOwnedBy(prefix, vpg.tags?.[ownerTag]),
  );
  if (others.length === 0) {
    const found = "none yet; pulumi up creates one, which is billed from then on";
    return { check, state: "note", found };
  }
  const found = `none in this state, but ${others.map(({ vpgId }) => vpgId).join(", ")} of a stack with the same name`;
  const remedy = `If the state of that stack was lost: npx canal-ftp status --owner ${prefix} lists what it has and how to take it over or to remove it.`;
  return { check, state: "note", found, remedy };
}

async function checkGivenVpg(
  soracom: Soracom,
  { config }: PlannedSite,
  vpgId: string,
): Promise<VpgCheck> {
  const check = `VPG ${vpgId}`;
  const vpg = await soracom.findVpg(vpgId);
  const remedy = `canal-ftp:vpgId must be the id of a running Type-F VPG in ${config.region}, coverage ${config.canal?.coverage}.`;
  if (!vpg || !isLive(vpg)) {
    const found = vpg?.status ?? "does not exist";
    return { findings: [{ check, state: "failed", found, expected: "running", remedy }] };
  }
  const findings = [
    compare(check, vpg.status, "running", remedy, "failed"),
    compare("VPG type", vpg.type, typeF, remedy, "failed"),
    compare("VPG region", vpg.placement?.region, config.region, remedy, "failed"),
  ];
  return { findings, vpg };
}

/** Other peerings of the VPG, as far as SORACOM reports their destination. */
function checkPeerings({ config, outputs }: PlannedSite, vpg: Vpg): Finding[] {
  const own = config.existingVpc?.cidr ?? config.vpcCidr;
  const block = parseCidr(own);
  return Object.entries(vpg.vpcPeeringConnections ?? {})
    .filter(([id]) => id !== outputs?.peeringConnectionId)
    .flatMap(([id, value]): Finding[] => {
      const { destinationCidrBlock: text } = (value ?? {}) as { destinationCidrBlock?: unknown };
      const other = typeof text === "string" ? parseCidr(text) : undefined;
      if (!block || !other || !overlaps(block, other)) return [];
      const found = `${id} with destination ${String(text)}`;
      const remedy = `${own} overlaps ${String(text)}, so the VPG cannot route to both: choose another canal-ftp:vpcCidr, or delete that peering.`;
      return [{ check: "other peerings of the VPG", state: "failed", found, remedy }];
    });
}
