import { vpgRange } from "../../components/vpg";
import { overlaps, parseCidr } from "../../lib/ipv4";
import { credentialsErrorCode } from "../core/aws";
import type { Route } from "../core/aws-reader";
import { toUserError } from "../core/errors";
import type { Finding, State } from "../core/findings";
import type { CliContext } from "../core/context";
import { AccountAws } from "./account-aws";
import { checkLogPolicies } from "./log-policies";
import { checkExistingVpc, checkZones } from "./network-checks";
import { checkQuotas } from "./quotas";
import type { PlannedSite } from "./site";

/** Peering states that occupy addresses (EC2 API, VpcPeeringConnectionStateReason). */
const occupyingCodes = ["pending-acceptance", "provisioning", "active"];

/**
 * The account is the stack's, and nothing in the VPC conflicts with the route back to the devices.
 *
 * @param allotted - The VPG's block; undefined before there is a VPG.
 */
export async function checkAwsSide(
  site: PlannedSite,
  allotted: string | undefined,
  context: CliContext,
): Promise<Finding[]> {
  const { config, file } = site;
  const aws = new AccountAws(context.aws({ region: config.region, profile: file.awsProfile }));
  try {
    const account = checkAccount(await aws.account(), file.allowedAccountIds, file.stack);
    // The contents of another account are irrelevant.
    if (account.state === "failed") return [account];
    const findings = [
      account,
      ...(await checkQuotas(aws, site)),
      await checkLogPolicies(aws, site.outputs === undefined),
      ...(await checkZones(aws, site)),
      ...(await checkExistingVpc(aws, site, allotted)),
      ...(await checkVpcs(aws, site)),
    ];
    return config.canal ? [...findings, ...(await checkVpc(aws, site, allotted))] : findings;
  } catch (error) {
    const { code, message: remedy } = toUserError(error);
    return code === credentialsErrorCode
      ? [{ check: "AWS credentials", state: "failed", found: "not accepted", remedy }]
      : [{ check: "AWS's side", state: "unknown", found: "could not be checked", remedy }];
  }
}

function checkAccount(account: string, allowed: readonly string[], stack: string): Finding {
  const check = "AWS account";
  if (allowed.length === 0 || allowed.includes(account)) {
    return { check, state: "ok", found: account };
  }
  const expected = allowed.join(" or ");
  const remedy = `The credentials are of account ${account}, and aws:allowedAccountIds in Pulumi.${stack}.yaml allows ${expected}: use credentials of that account.`;
  return { check, state: "failed", found: account, expected, remedy };
}

/** A VPC with the same addresses is harmless, except that it can never be peered with the stack's. */
async function checkVpcs(aws: AccountAws, { config, outputs }: PlannedSite): Promise<Finding[]> {
  if (config.existingVpc) return [];
  const own = parseCidr(config.vpcCidr);
  const overlapping = (await aws.vpcs()).filter(({ VpcId, CidrBlock }) => {
    const block = parseCidr(CidrBlock ?? "");
    return VpcId !== outputs?.vpcId && own && block && overlaps(own, block);
  });
  return overlapping.map(({ VpcId, CidrBlock }): Finding => {
    const found = `${CidrBlock} overlaps canal-ftp:vpcCidr ${config.vpcCidr}`;
    const remedy = `No action needed, unless the stack's VPC will be peered with ${VpcId}: then choose another canal-ftp:vpcCidr now, as it cannot be changed later.`;
    return { check: `VPC ${VpcId}`, state: "note", found, remedy };
  });
}

/** Checks a VPC that already exists; a new one has no other routes or peerings. */
async function checkVpc(
  aws: AccountAws,
  site: PlannedSite,
  allotted: string | undefined,
): Promise<Finding[]> {
  const { config, outputs } = site;
  // Before there is a VPG, its part of the range is not known: a conflict is possible, not certain.
  const range = allotted ?? vpgRange;
  const state = allotted === undefined ? "note" : "failed";
  const vpcId = config.existingVpc?.vpcId ?? outputs?.vpcId;
  const tables = config.existingVpc?.routeTableIds ?? outputs?.routeTableIds ?? [];
  if (vpcId === undefined) return [];
  const own = outputs?.peeringConnectionId;
  const conflicts: Finding[] = [];
  const found = await aws.routeTables(tables);
  for (const id of tables) {
    const table = found.find(({ RouteTableId }) => RouteTableId === id);
    if (!table) conflicts.push(missingTable(id));
    for (const route of table?.Routes ?? []) {
      const isOwn = own !== undefined && route.VpcPeeringConnectionId === own;
      if (isOwn || !takesAddresses(route.DestinationCidrBlock, range)) continue;
      conflicts.push(routeConflict(id, route, range, state));
    }
  }
  for (const { VpcPeeringConnectionId: id, RequesterVpcInfo, Status } of await aws.peeringsOf(
    vpcId,
  )) {
    const isOccupying = occupyingCodes.includes(Status?.Code ?? "") && id !== own;
    if (!isOccupying || !takesAddresses(RequesterVpcInfo?.CidrBlock, range)) continue;
    const remedy = `Another peering of the VPC uses addresses of the VPG's devices. Delete ${id}, or use another VPC.`;
    const shown = `${id} with ${RequesterVpcInfo?.CidrBlock}`;
    conflicts.push({ check: "other peerings of the VPC", state, found: shown, remedy });
  }
  if (conflicts.length > 0) return conflicts;
  return [{ check: `VPC ${vpcId}`, state: "ok", found: `no other route to ${range}` }];
}

function missingTable(id: string): Finding {
  const check = `route table ${id}`;
  const remedy = `Route table ${id} does not exist in this account and region. canal-ftp:existingVpc must list the route tables of the endpoint's subnets.`;
  return { check, state: "failed", found: "does not exist", expected: "exists", remedy };
}

function routeConflict(table: string, route: Route, range: string, state: State): Finding {
  const target = route.VpcPeeringConnectionId ?? route.GatewayId ?? "another target";
  const found = `route ${route.DestinationCidrBlock} to ${target}`;
  const remedy = `The route to the devices needs ${range}: delete the other route from ${table}, or use another VPC.`;
  return { check: `route table ${table}`, state, found, remedy };
}

/** Whether a route or peering of this block takes addresses of the range. A wider one does not: the most specific route applies. */
export function takesAddresses(block: string | undefined, range: string): boolean {
  const [taker, taken] = [parseCidr(block ?? ""), parseCidr(range)];
  return (
    taker !== undefined &&
    taken !== undefined &&
    taker.prefix >= taken.prefix &&
    overlaps(taker, taken)
  );
}
