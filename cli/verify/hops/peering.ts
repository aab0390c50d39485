import { compare, type Finding } from "../../core/findings";
import { checkAwsPeering, checkRoutes, checkSoracomPeering } from "../../status/peering-checks";
import { withoutCanal, type Hop } from "../hop";

/** Both sides have the peering, and it is active. */
export const peeringHop: Hop = {
  name: "peering",
  check: async ({ wanted, soracom, awsView }) => {
    if (!wanted) return [withoutCanal("peering")];
    const ofAws = checkAwsPeering(wanted, await awsView());
    return [checkSoracomPeering(wanted, await soracom()), ...ofAws];
  },
};

/** Every table leads back to the devices, and the endpoint's subnets use those tables. */
export const routesHop: Hop = {
  name: "routes",
  check: async ({ wanted, awsView, deviceRange, aws, outputs, stack }) => {
    if (!wanted) return [withoutCanal("routes")];
    const findings: Finding[] = checkRoutes(wanted, await awsView(), await deviceRange());
    const details = (await aws.server(outputs.serverId))?.EndpointDetails;
    for (const subnet of details?.SubnetIds ?? []) {
      const table = await aws.tableOf(subnet, wanted.outputs.vpcId);
      const check = `table of ${subnet}`;
      if (!table) {
        findings.push({ check, state: "note", found: "not told" });
        continue;
      }
      const id = table.RouteTableId;
      const isKnown = wanted.outputs.routeTableIds.includes(id);
      const remedy = `Subnet ${subnet} of the endpoint uses a table that has no route back. Name every table in canal-ftp:existingVpc, or tie the subnet to one of the stack's: pulumi up -s ${stack} --refresh`;
      findings.push(
        compare(check, id, isKnown ? id : wanted.outputs.routeTableIds.join(" or "), remedy),
      );
    }
    return findings;
  },
};
