/**
 * EC2's answers about the site, in the form of the API reference (DescribeVpcEndpoints, DescribeNetworkInterfaces,
 * DescribeSecurityGroupRules, DescribeVpcPeeringConnections, DescribeRouteTables).
 */
import { callInvoke } from "../../resources";
import { ProviderContext } from "../../resources/context";
import { ofType, type Resource } from "../../lib/stack/resource";
import type { CliWords } from "./cli-words";
import type { Estate } from "./estate";

export const ec2Reads: Record<string, (words: CliWords, estate: Estate) => unknown> = {
  "ec2 describe-vpc-endpoints": (words, estate) => ({
    VpcEndpoints: words.flags("vpc-endpoint-ids").map((id) => {
      const { state, networkInterfaceIds } = lookUp(estate, "getVpcEndpoint:getVpcEndpoint", id);
      return {
        VpcEndpointId: id,
        State: state,
        SubnetIds: estate.server.subnetIds,
        NetworkInterfaceIds: networkInterfaceIds,
        Groups: estate.server.securityGroupIds.map((GroupId) => ({ GroupId })),
      };
    }),
  }),

  "ec2 describe-network-interfaces": (words, estate) => ({
    NetworkInterfaces: words.flags("network-interface-ids").map((id) => ({
      NetworkInterfaceId: id,
      PrivateIpAddress: lookUp(estate, "getNetworkInterface:getNetworkInterface", id).privateIp,
    })),
  }),

  "ec2 describe-security-group-rules": (words, { stack }) => ({
    SecurityGroupRules: ofType(
      stack.resources,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    )
      .filter(({ outputs }) => words.filter("group-id")?.includes(String(outputs.securityGroupId)))
      .map(({ id, outputs }) => ({
        SecurityGroupRuleId: id,
        GroupId: outputs.securityGroupId,
        IsEgress: false,
        IpProtocol: outputs.ipProtocol,
        FromPort: outputs.fromPort,
        ToPort: outputs.toPort,
        CidrIpv4: outputs.cidrIpv4,
      })),
  }),

  "ec2 describe-vpc-peering-connections": (words, estate) => {
    const asked = words.filter("vpc-peering-connection-id") ?? [];
    return {
      VpcPeeringConnections: peerings(estate)
        .filter((one) => asked.includes(one.id))
        .map(show),
    };
  },

  "ec2 describe-route-tables": (words, estate) => {
    const [ids, subnets] = [words.filter("route-table-id"), words.filter("association.subnet-id")];
    const all = tableIds(estate).map((id) => showTable(id, estate));
    return {
      RouteTables: all.filter(
        ({ RouteTableId, Associations }) =>
          (!ids || ids.includes(RouteTableId)) &&
          (!subnets || Associations.some(({ SubnetId }) => subnets.includes(String(SubnetId)))) &&
          // The program makes no main table of its own, and the twin knows no other.
          !words.filter("association.main"),
      ),
    };
  },
};

/** What the program's own look-ups of the same things are answered. */
function lookUp({ stack, region }: Estate, name: string, id: string): Record<string, unknown> {
  const context = new ProviderContext({ "aws:region": region }, () => stack.resources);
  return callInvoke(`aws:ec2/${name}`, { id }, context);
}

interface Peering {
  readonly id: string;
  readonly code: string;
  readonly vpcId: string;
  readonly requesterCidr: string;
}

/** Every peering that SORACOM asked for, and what became of it on this side. */
function peerings({ stack: { resources }, holds }: Estate): Peering[] {
  const lines = ofType(resources, "command:local:Command").map(
    ({ outputs }) => JSON.parse(String(outputs.stdout)) as Record<string, unknown>,
  );
  const requesterCidr = String(lines.find(({ vpgCidr }) => vpgCidr !== undefined)?.vpgCidr);
  const accepters = ofType(
    resources,
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  );
  return lines
    .filter(({ peeringConnectionId }) => peeringConnectionId !== undefined)
    .map(({ peeringConnectionId, peerVpcId }) => {
      const id = String(peeringConnectionId);
      const accepter = accepters.find(({ outputs }) => outputs.vpcPeeringConnectionId === id);
      const accepted = String(accepter?.outputs.acceptStatus ?? "pending-acceptance");
      const code = holds("peering-deleted") ? "deleted" : accepted;
      return { id, code, vpcId: String(peerVpcId), requesterCidr };
    });
}

function show({ id, code, vpcId, requesterCidr }: Peering) {
  return {
    VpcPeeringConnectionId: id,
    Status: { Code: code },
    AccepterVpcInfo: { VpcId: vpcId },
    RequesterVpcInfo: { CidrBlock: requesterCidr },
  };
}

/** Those the stack makes, and those of a VPC that was there already, which only its routes and outputs name. */
function tableIds({ stack: { resources, outputs } }: Estate): string[] {
  const made = ofType(resources, "aws:ec2/routeTable:RouteTable").map(({ id }) => id);
  return [...new Set([...made, ...((outputs.routeTableIds as string[] | undefined) ?? [])])];
}

function showTable(id: string, estate: Estate) {
  const { resources } = estate.stack;
  const isOf = ({ outputs }: Resource) => outputs.routeTableId === id;
  const active = new Set(
    peerings(estate)
      .filter(({ code }) => code === "active")
      .map((peering) => peering.id),
  );
  return {
    RouteTableId: id,
    Associations: ofType(resources, "aws:ec2/routeTableAssociation:RouteTableAssociation")
      .filter(isOf)
      .map(({ outputs }) => ({ RouteTableId: id, SubnetId: outputs.subnetId, Main: false })),
    Routes: ofType(resources, "aws:ec2/route:Route")
      .filter(isOf)
      .map(({ outputs: { destinationCidrBlock, vpcPeeringConnectionId, gatewayId } }) => ({
        DestinationCidrBlock: destinationCidrBlock,
        VpcPeeringConnectionId: vpcPeeringConnectionId,
        GatewayId: gatewayId,
        // A route into a peering that is not active carries nothing.
        State:
          vpcPeeringConnectionId === undefined || active.has(String(vpcPeeringConnectionId))
            ? "active"
            : "blackhole",
      })),
  };
}
