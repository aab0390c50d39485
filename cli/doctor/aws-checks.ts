import { vpgRange } from "../../components/vpg";
import { overlaps, parseCidr } from "../../lib/ipv4";
import type { Route } from "../core/aws-reader";
import { toUserError } from "../core/errors";
import type { Finding, State } from "../core/findings";
import type { CliContext } from "../core/context";
import { AccountAws } from "./account-aws";
import { checkQuotas } from "./quotas";
import type { PlannedSite } from "./site";

/** Peerings that take addresses (EC2 API, VpcPeeringConnectionStateReason). */
const TAKING = ["pending-acceptance", "provisioning", "active"];

/** The account is the stack's, and nothing in the VPC is in the way of the route back to the devices. */
export async function checkAwsSide(
  site: PlannedSite,
  range: string | undefined,
  context: CliContext,
): Promise<Finding[]> {
  const { config, file } = site;
  const aws = new AccountAws(context.aws({ region: config.region, profile: file.awsProfile }));
  try {
    const account = checkAccount(await aws.account(), file.allowedAccountIds, file.stack);
    // What another account has says nothing about this one.
    if (account.state === "failed") return [account];
    const findings = [account, ...(await checkQuotas(aws, site)), ...(await checkVpcs(aws, site))];
    return config.canal ? [...findings, ...(await checkVpc(aws, site, range))] : findings;
  } catch (error) {
    const remedy = toUserError(error).message;
    return [{ check: "AWS credentials", state: "failed", found: "not accepted", remedy }];
  }
}

function checkAccount(account: string, allowed: readonly string[], stack: string): Finding {
  const check = "AWS account";
  if (allowed.length === 0 || allowed.includes(account)) {
    return { check, state: "ok", found: account };
  }
  const remedy = `The credentials are of another account than aws:allowedAccountIds in Pulumi.${stack}.yaml says: use those of ${allowed.join(" or ")}.`;
  return { check, state: "failed", found: account, wanted: allowed.join(" or "), remedy };
}

/** VPCs of the same addresses are no harm by themselves; they can only never be peered with this one. */
async function checkVpcs(aws: AccountAws, { config, outputs }: PlannedSite): Promise<Finding[]> {
  if (config.existingVpc) return [];
  const own = parseCidr(config.vpcCidr);
  const same = (await aws.vpcs()).filter(({ VpcId, CidrBlock }) => {
    const block = parseCidr(CidrBlock ?? "");
    return VpcId !== outputs?.vpcId && own && block && overlaps(own, block);
  });
  return same.map(({ VpcId, CidrBlock }): Finding => {
    const found = `${CidrBlock}, like canal-ftp:vpcCidr ${config.vpcCidr}`;
    const remedy = `Nothing to do, unless the stack's VPC is to be peered with ${VpcId} one day: then give it another canal-ftp:vpcCidr now, as it cannot be changed later.`;
    return { check: `VPC ${VpcId}`, state: "note", found, remedy };
  });
}

/** Of a VPC that is there; a new one holds nothing. */
async function checkVpc(
  aws: AccountAws,
  site: PlannedSite,
  allotted: string | undefined,
): Promise<Finding[]> {
  const { config, outputs } = site;
  // Before there is a VPG nobody knows which part of the range it will get: what is in it may be in the way.
  const range = allotted ?? vpgRange;
  const state = allotted === undefined ? "note" : "failed";
  const vpcId = config.existingVpc?.vpcId ?? outputs?.vpcId;
  const tables = config.existingVpc?.routeTableIds ?? outputs?.routeTableIds ?? [];
  if (vpcId === undefined) return [];
  const own = outputs?.peeringConnectionId;
  const clashes: Finding[] = [];
  const found = await aws.routeTables(tables);
  for (const id of tables) {
    const table = found.find(({ RouteTableId }) => RouteTableId === id);
    if (!table) clashes.push(missingTable(id));
    for (const route of table?.Routes ?? []) {
      const isOwn = own !== undefined && route.VpcPeeringConnectionId === own;
      if (isOwn || !isOver(route.DestinationCidrBlock, range)) continue;
      clashes.push(routeClash(id, route, range, state));
    }
  }
  for (const peering of await aws.peeringsOf(vpcId)) {
    const { VpcPeeringConnectionId: id, RequesterVpcInfo, Status } = peering;
    const isTaking = TAKING.includes(Status?.Code ?? "") && id !== own;
    if (!isTaking || !isOver(RequesterVpcInfo?.CidrBlock, range)) continue;
    const remedy = `Another peering of the VPC takes addresses that the VPG's devices come from. Delete ${id}, or use another VPC.`;
    const shown = `${id} with ${RequesterVpcInfo?.CidrBlock}`;
    clashes.push({ check: "other peerings of the VPC", state, found: shown, remedy });
  }
  if (clashes.length > 0) return clashes;
  return [{ check: `VPC ${vpcId}`, state: "ok", found: `nothing else leads to ${range}` }];
}

function missingTable(id: string): Finding {
  const remedy = `Name the route tables of the endpoint's subnets in canal-ftp:existingVpc; ${id} is none in this account and region.`;
  return {
    check: `route table ${id}`,
    state: "failed",
    found: "not there",
    wanted: "there",
    remedy,
  };
}

function routeClash(table: string, route: Route, range: string, state: State): Finding {
  const target = route.VpcPeeringConnectionId ?? route.GatewayId ?? "another target";
  const found = `${route.DestinationCidrBlock} leads to ${target}`;
  const remedy = `The route to the devices needs ${range}: take the other route out of ${table}, or use another VPC.`;
  return { check: `route table ${table}`, state, found, remedy };
}

/** Whether a route or peering of this block takes addresses of the range. A wider one does not: the closer route counts. */
function isOver(block: string | undefined, range: string): boolean {
  const [one, other] = [parseCidr(block ?? ""), parseCidr(range)];
  return (
    one !== undefined && other !== undefined && one.prefix >= other.prefix && overlaps(one, other)
  );
}
