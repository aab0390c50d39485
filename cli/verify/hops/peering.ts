import { compare, type Finding } from "../../core/findings";
import { checkAwsPeering, checkRoutes, checkSoracomPeering } from "../../status/peering-checks";
import { withoutCanal, type Hop } from "../hop";

/** Both sides have the peering, and it is active. */
export const peeringHop: Hop = {
  name: "peering",
  check: async ({ desired, soracom, awsView }) => {
    if (!desired) return [withoutCanal("peering")];
    const ofAws = checkAwsPeering(desired, await awsView());
    return [checkSoracomPeering(desired, await soracom()), ...ofAws];
  },
};

/** Every table has the route back to the devices, and the endpoint's subnets use those tables. */
export const routesHop: Hop = {
  name: "routes",
  check: async ({ desired, awsView, deviceRange, aws, outputs, stack }) => {
    if (!desired) return [withoutCanal("routes")];
    const findings: Finding[] = checkRoutes(desired, await awsView(), await deviceRange());
    const details = (await aws.server(outputs.serverId))?.EndpointDetails;
    for (const subnet of details?.SubnetIds ?? []) {
      const table = await aws.tableOf(subnet, desired.outputs.vpcId);
      const check = `table of ${subnet}`;
      if (!table) {
        findings.push({ check, state: "note", found: "not reported" });
        continue;
      }
      const id = table.RouteTableId;
      const isKnown = desired.outputs.routeTableIds.includes(id);
      const remedy = `Subnet ${subnet} of the endpoint uses a table without a route back. List every table in canal-ftp:existingVpc, or associate the subnet with one of the stack's tables: pulumi up -s ${stack} --refresh`;
      findings.push(
        compare(check, id, isKnown ? id : desired.outputs.routeTableIds.join(" or "), remedy),
      );
    }
    return findings;
  },
};
