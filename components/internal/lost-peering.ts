import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The states of a peering that is active or can become active (EC2 API, VpcPeeringConnectionStateReason). */
const usableStates = ["initiating-request", "pending-acceptance", "provisioning", "active"];

/**
 * Peerings that are targets of the routes to the devices but no longer exist at AWS: deleted, rejected or expired.
 * Undefined when there are none.
 *
 * A Command has no Read, and the inputs of its request have not changed, so Pulumi does not detect that a peering has
 * ended. The route stays in its table as a black hole and contains the peering's id. AWS removes the record of an
 * ended peering after hours or days, so this reads which peerings are usable, not which have ended.
 *
 * The tables are found by VPC and destination and not by their ids: the ids of new tables are unknown in a preview,
 * which would then show a change of the peering.
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
    const lost = await withoutUsable([...new Set(ids)].sort(), opts);
    return lost.length > 0 ? lost : undefined;
  });
}

async function withoutUsable(ids: string[], opts: pulumi.InvokeOptions): Promise<string[]> {
  if (ids.length === 0) return [];
  const filters = [
    { name: "vpc-peering-connection-id", values: ids },
    { name: "status-code", values: usableStates },
  ];
  const usable = (await aws.ec2.getVpcPeeringConnections({ filters }, opts)).ids;
  return ids.filter((id) => !usable.includes(id));
}
