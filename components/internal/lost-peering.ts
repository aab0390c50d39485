import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The states of a peering that serves or still may (EC2 API, VpcPeeringConnectionStateReason). */
const alive = ["initiating-request", "pending-acceptance", "provisioning", "active"];

/**
 * Peerings that the routes to the devices still lead to, but that AWS has no more: deleted, rejected or expired.
 * Undefined when there are none.
 *
 * A Command has no Read, so a peering that ended would never be missed: nothing that went into its request has
 * changed. What remembers it is the route, which stays in its table as a black hole. AWS itself forgets an ended
 * peering after hours or days, so the question is which of them are alive, not which are dead.
 *
 * The tables are found by VPC and destination and not by their ids: those of a new table are unknown in a preview,
 * which would show a peering that changes.
 *
 * @param destination - The block of the routes: the VPG's own.
 */
export function lostPeerings(
  vpcId: pulumi.Input<string>,
  destination: pulumi.Input<string>,
  opts: pulumi.InvokeOptions,
): pulumi.Output<string[] | undefined> {
  return pulumi.all([vpcId, destination]).apply(async ([vpcId, cidr]) => {
    const filters = [{ name: "route.destination-cidr-block", values: [cidr] }];
    const tables = (await aws.ec2.getRouteTables({ vpcId, filters }, opts)).ids;
    const read = await Promise.all(
      tables.map((routeTableId) => aws.ec2.getRouteTable({ routeTableId }, opts)),
    );
    const ids = read
      .flatMap(({ routes }) => routes)
      .filter((route) => route.cidrBlock === cidr && route.vpcPeeringConnectionId)
      .map((route) => route.vpcPeeringConnectionId);
    const lost = await withoutLiving([...new Set(ids)].sort(), opts);
    return lost.length > 0 ? lost : undefined;
  });
}

async function withoutLiving(ids: string[], opts: pulumi.InvokeOptions): Promise<string[]> {
  if (ids.length === 0) return [];
  const filters = [
    { name: "vpc-peering-connection-id", values: ids },
    { name: "status-code", values: alive },
  ];
  const living = (await aws.ec2.getVpcPeeringConnections({ filters }, opts)).ids;
  return ids.filter((id) => !living.includes(id));
}
