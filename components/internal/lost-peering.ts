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
 * @param destination - The block of the routes: the VPG's own.
 */
export function lostPeerings(
  routeTableIds: pulumi.Input<string>[],
  destination: pulumi.Input<string>,
  opts: pulumi.InvokeOptions,
): pulumi.Output<string[] | undefined> {
  const tables = routeTableIds.map((routeTableId) =>
    aws.ec2.getRouteTableOutput({ routeTableId }, opts),
  );
  return pulumi.all([pulumi.all(tables), destination]).apply(async ([read, cidr]) => {
    const led = read
      .flatMap(({ routes }) => routes)
      .filter((route) => route.cidrBlock === cidr && route.vpcPeeringConnectionId)
      .map((route) => route.vpcPeeringConnectionId);
    const ids = [...new Set(led)].sort();
    if (ids.length === 0) return undefined;
    const filters = [
      { name: "vpc-peering-connection-id", values: ids },
      { name: "status-code", values: alive },
    ];
    const living = (await aws.ec2.getVpcPeeringConnections({ filters }, opts)).ids;
    const lost = ids.filter((id) => !living.includes(id));
    return lost.length > 0 ? lost : undefined;
  });
}
