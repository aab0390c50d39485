import { noInternetEgress } from "../../../policies/rules/no-internet-egress";
import { describeRule, egressRule, group, route, vpc, type Example } from "../support";

describe("policies/rules/no-internet-egress", () => {
  describeRule(
    noInternetEgress,
    [
      ["has a route to gatewayId igw-1", route({ gatewayId: "igw-1" })],
      ["has a route to natGatewayId nat-1", route({ natGatewayId: "nat-1" })],
      [
        "has a route to gatewayId igw-1",
        { type: "aws:ec2/routeTable:RouteTable", properties: { routes: [{ gatewayId: "igw-1" }] } },
      ],
      ["has a route to gatewayId igw-vpce-1", route({ gatewayId: "igw-vpce-1" })],
      ["has a route to gatewayId local-gateway", route({ gatewayId: "local-gateway" })],
      [
        "permits egress, which no component needs",
        {
          type: "aws:ec2/securityGroupRule:SecurityGroupRule",
          properties: { type: "egress", protocol: "tcp", fromPort: 21, toPort: 21 },
        },
      ],
      ["is a NAT gateway", { type: "aws:ec2/natGateway:NatGateway" }],
      [
        "assigns public addresses",
        { type: "aws:ec2/subnet:Subnet", properties: { mapPublicIpOnLaunch: true } },
      ],
      ["has Public subnets", vpc({ subnetSpecs: [{ type: "Public" }] })],
      ["specifies no subnets", vpc({ subnetSpecs: undefined })],
      ["has NAT gateways", vpc({ natGateways: undefined })],
      [
        "permits egress, which no component needs",
        group({ egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }),
      ],
      ...[
        { ipProtocol: "-1", fromPort: undefined, toPort: undefined },
        { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
        { referencedSecurityGroupId: undefined, cidrIpv6: "::/0" },
        { referencedSecurityGroupId: undefined, prefixListId: "pl-1" },
        { fromPort: 22, toPort: 22 },
        { fromPort: 21, toPort: 8200 },
        { fromPort: 20, toPort: 21 },
        { fromPort: 21, toPort: 22 },
        { fromPort: 8191, toPort: 8200 },
        { fromPort: 8192, toPort: 8201 },
        { ipProtocol: "udp" },
      ].map((properties): [string, Example] => [
        "permits egress, which no component needs",
        egressRule(properties),
      ]),
    ],
    [
      route({ vpcPeeringConnectionId: "pcx-1" }),
      route({ gatewayId: "vpce-1" }),
      route({ gatewayId: "local" }),
      { type: "aws:ec2/routeTable:RouteTable" },
      { type: "aws:ec2/subnet:Subnet", properties: { mapPublicIpOnLaunch: false } },
      { type: "aws:ec2/instance:Instance", properties: { mapPublicIpOnLaunch: true } },
      {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        properties: { type: "ingress", egress: ["as in a group"] },
      },
      { type: "aws:ec2/networkAcl:NetworkAcl", properties: { egress: ["as in a group"] } },
      vpc({}),
      vpc({ subnetSpecs: [{ type: "Isolated" }, { type: "Unused" }] }),
      group({ egress: [] }),
      egressRule({}),
      egressRule({ fromPort: 8192, toPort: 8200 }),
      { type: "aws:ec2/internetGateway:InternetGateway" },
      { type: "awsx:ec2:Vpc" },
    ],
  );
});
