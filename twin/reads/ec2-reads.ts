/** EC2's read operations for the site, with outputs as in the API reference. */
import { callInvoke } from "../../resources";
import { ProviderContext } from "../../resources/context";
import { ofType, type Resource } from "../../lib/stack/resource";
import { driverOutputs } from "../wiring/driver-outputs";
import { filterValues, type Read, type SiteState } from "./site-state";

export const ec2Reads: Readonly<Record<string, Read>> = {
  "EC2 DescribeVpcEndpoints": (input, site) => ({
    VpcEndpoints: (input.VpcEndpointIds as string[]).map((id) => {
      const { state, networkInterfaceIds } = lookup(site, "getVpcEndpoint:getVpcEndpoint", id);
      return {
        VpcEndpointId: id,
        State: state,
        SubnetIds: site.server.subnetIds,
        NetworkInterfaceIds: networkInterfaceIds,
        Groups: site.server.securityGroupIds.map((GroupId) => ({ GroupId })),
      };
    }),
  }),

  "EC2 DescribeNetworkInterfaces": (input, site) => ({
    NetworkInterfaces: (input.NetworkInterfaceIds as string[]).map((id) => ({
      NetworkInterfaceId: id,
      PrivateIpAddress: lookup(site, "getNetworkInterface:getNetworkInterface", id).privateIp,
    })),
  }),

  "EC2 DescribeSecurityGroupRules": (input, { stack }) => ({
    SecurityGroupRules: ofType(
      stack.resources,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    )
      .filter(({ outputs }) =>
        filterValues(input, "group-id")?.includes(String(outputs.securityGroupId)),
      )
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

  "EC2 DescribeVpcPeeringConnections": (input, site) => {
    const ids = filterValues(input, "vpc-peering-connection-id") ?? [];
    return {
      VpcPeeringConnections: peerings(site)
        .filter((one) => ids.includes(one.id))
        .map(describePeering),
    };
  },

  "EC2 DescribeRouteTables": (input, site) => {
    const [ids, subnets] = [
      filterValues(input, "route-table-id"),
      filterValues(input, "association.subnet-id"),
    ];
    const all = tableIds(site).map((id) => describeTable(id, site));
    return {
      RouteTables: all.filter(
        ({ RouteTableId, Associations }) =>
          (!ids || ids.includes(RouteTableId)) &&
          (!subnets || Associations.some(({ SubnetId }) => subnets.includes(String(SubnetId)))) &&
          // The program creates no main table, and the twin has no other.
          !filterValues(input, "association.main"),
      ),
    };
  },
};

/** The output of the program's own lookup of the same resource. */
function lookup({ stack, region }: SiteState, name: string, id: string): Record<string, unknown> {
  const context = new ProviderContext({
    config: { "aws:region": region },
    resources: () => stack.resources,
  });
  return callInvoke(`aws:ec2/${name}`, { id }, context);
}

interface Peering {
  readonly id: string;
  readonly code: string;
  readonly vpcId: string;
  readonly requesterCidr: string;
}

/** Every peering that SORACOM requests, with its state on the AWS side. */
function peerings({ stack: { resources }, holds }: SiteState): Peering[] {
  const lines = driverOutputs(resources).map(({ output }) => output);
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

function describePeering({ id, code, vpcId, requesterCidr }: Peering) {
  return {
    VpcPeeringConnectionId: id,
    Status: { Code: code },
    AccepterVpcInfo: { VpcId: vpcId },
    RequesterVpcInfo: { CidrBlock: requesterCidr },
  };
}

/** The tables that the stack creates, and those of an existing VPC, which only its outputs name. */
function tableIds({ stack: { resources, outputs } }: SiteState): string[] {
  const made = ofType(resources, "aws:ec2/routeTable:RouteTable").map(({ id }) => id);
  return [...new Set([...made, ...((outputs.routeTableIds as string[] | undefined) ?? [])])];
}

function describeTable(id: string, site: SiteState) {
  const { resources } = site.stack;
  const isOf = ({ outputs }: Resource) => outputs.routeTableId === id;
  const active = new Set(
    peerings(site)
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
        // AWS reports a route to a peering that is not active as a blackhole.
        State:
          vpcPeeringConnectionId === undefined || active.has(String(vpcPeeringConnectionId))
            ? "active"
            : "blackhole",
      })),
  };
}
