import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The states of a peering that is active or can become active (EC2 API, VpcPeeringConnectionStateReason). */
const usableStates = ["initiating-request", "pending-acceptance", "provisioning", "active"];

/** Tag of an accepted peering with the ids of those that it replaces, separated by blanks. */
export const replacesTag = "replaces";

/**
 * Peerings that are targets of the routes to the devices but no longer exist at AWS: deleted, rejected or expired.
 * When the routes lead to a peering that replaces such, these, by its tag: so the run after a replacement has the same
 * inputs, and nothing to change. Undefined when there are none.
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
    const targets = read
      .flatMap(({ routes }) => routes)
      .filter((route) => route.cidrBlock === cidr && route.vpcPeeringConnectionId)
      .map((route) => route.vpcPeeringConnectionId);
    const ids = [...new Set(targets)].sort();
    const usable = await usableOf(ids, opts);
    const lost = ids.filter((id) => !usable.includes(id));
    if (lost.length > 0) return lost;
    const tags = await Promise.all(
      usable.map(async (id) => (await aws.ec2.getVpcPeeringConnection({ id }, opts)).tags),
    );
    const replaced = tags.flatMap((tag) => tag?.[replacesTag]?.split(" ") ?? []);
    return replaced.length > 0 ? replaced : undefined;
  });
}

async function usableOf(ids: string[], opts: pulumi.InvokeOptions): Promise<string[]> {
  if (ids.length === 0) return [];
  const filters = [
    { name: "vpc-peering-connection-id", values: ids },
    { name: "status-code", values: usableStates },
  ];
  const found = (await aws.ec2.getVpcPeeringConnections({ filters }, opts)).ids;
  return ids.filter((id) => found.includes(id));
}
