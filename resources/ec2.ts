import { formatAddress, parseCidr } from "../lib/ipv4";
import { ofType } from "../lib/stack/resource";
import { actions, ec2Arns } from "./actions";
import { hex, type ProviderContext } from "./context";
import { costsNothing, countOf, hoursPerMonth } from "./cost-item";
import { filter, networkReads } from "./network-reads";
import type { Create, Service } from "./resource-type";
import { usedBy } from "./rejections";

const page = "amazonec2";
/**
 * The provider deletes the interfaces that Lambda leaves in a subnet or with a security group before it deletes
 * either (hashicorp/terraform-provider-aws, internal/service/ec2/vpc_security_group.go, deleteLingeringENIs).
 */
const interfaceArns = ec2Arns("network-interface", "instance");
const deleteInterfaces = ["ec2:DetachNetworkInterface", "ec2:DeleteNetworkInterface"];
const updateTags = ["ec2:CreateTags", "ec2:DeleteTags"];
const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const subnetType = "aws:ec2/subnet:Subnet";
const vpcEndpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** EC2's ids of network resources: the kind and 17 digits. */
export function networkId(prefix: string, type: string, name: string): string {
  return `${prefix}-${hex(`${type} ${name}`, 17)}`;
}

/** A part of a VPC: its id and ARN are all that the provider adds and this project reads. */
const networkPart =
  (type: string, prefix: string): Create =>
  (name, _inputs, context) => {
    const id = networkId(prefix, type, name);
    return { id, outputs: { arn: context.arn("ec2", `${prefix}/${id}`) } };
  };

export const ec2: Service = {
  types: {
    "aws:ec2/vpc:Vpc": {
      create: networkPart("aws:ec2/vpc:Vpc", "vpc"),
      replacedBy: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
      creationSeconds: 12,
      rejectDelete: usedBy(
        "DependencyViolation: The vpc has dependencies and cannot be deleted",
        ["aws:ec2/subnet:Subnet", "vpcId"],
        ["aws:ec2/securityGroup:SecurityGroup", "vpcId"],
        ["aws:ec2/internetGateway:InternetGateway", "vpcId"],
        ["aws:ec2/routeTable:RouteTable", "vpcId"],
        ["aws:transfer/server:Server", "endpointDetails.vpcId"],
      ),
      actions: actions(page, ec2Arns("vpc"), {
        create: ["ec2:CreateVpc", "ec2:CreateTags"],
        read: [
          "ec2:DescribeVpcAttribute",
          "ec2:DescribeVpcs",
          "ec2:DescribeNetworkAcls",
          "ec2:DescribeRouteTables",
          "ec2:DescribeSecurityGroups",
        ],
        update: ["ec2:ModifyVpcAttribute", ...updateTags],
        delete: ["ec2:DeleteVpc"],
      }),
      cost: costsNothing.network,
    },

    [subnetType]: {
      create: networkPart(subnetType, "subnet"),
      replacedBy: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
      creationSeconds: 10,
      rejectDelete: usedBy(
        "DependencyViolation: The subnet has dependencies and cannot be deleted",
        ["aws:transfer/server:Server", "endpointDetails.subnetIds"],
        ["aws:lambda/function:Function", "vpcConfig.subnetIds"],
        ["aws:route53/resolverEndpoint:ResolverEndpoint", "ipAddresses.subnetId"],
      ),
      actions: actions(page, [...ec2Arns("subnet", "vpc"), ...interfaceArns], {
        create: ["ec2:CreateSubnet", "ec2:CreateTags"],
        read: ["ec2:DescribeSubnets", "ec2:DescribeNetworkInterfaces"],
        update: ["ec2:ModifySubnetAttribute", ...updateTags],
        delete: ["ec2:DeleteSubnet", ...deleteInterfaces],
      }),
      cost: costsNothing.network,
    },

    "aws:ec2/internetGateway:InternetGateway": {
      create: networkPart("aws:ec2/internetGateway:InternetGateway", "igw"),
      replacedBy: [],
      creationSeconds: 10,
      actions: actions(page, ec2Arns("internet-gateway", "vpc"), {
        create: ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway", "ec2:CreateTags"],
        read: ["ec2:DescribeInternetGateways"],
        update: updateTags,
        delete: ["ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"],
      }),
      cost: costsNothing.network,
    },

    "aws:ec2/routeTable:RouteTable": {
      create: networkPart("aws:ec2/routeTable:RouteTable", "rtb"),
      replacedBy: ["vpcId"],
      rejectDelete: usedBy(
        "DependencyViolation: The routeTable has dependencies and cannot be deleted",
        ["aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId"],
      ),
      actions: actions(page, ec2Arns("route-table", "vpc"), {
        create: ["ec2:CreateRouteTable", "ec2:CreateTags"],
        read: ["ec2:DescribeRouteTables"],
        update: updateTags,
        delete: ["ec2:DeleteRouteTable"],
      }),
      cost: costsNothing.network,
    },

    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
      create: networkPart("aws:ec2/routeTableAssociation:RouteTableAssociation", "rtbassoc"),
      replacedBy: ["subnetId", "gatewayId"],
      actions: actions(page, ec2Arns("route-table", "subnet"), {
        create: ["ec2:AssociateRouteTable"],
        read: ["ec2:DescribeRouteTables"],
        update: ["ec2:ReplaceRouteTableAssociation"],
        delete: ["ec2:DisassociateRouteTable"],
      }),
      cost: costsNothing.network,
    },

    "aws:ec2/route:Route": {
      create: (name) => ({
        id: `r-rtb${hex(name, 17)}`,
        outputs: { origin: "CreateRoute", state: "active" },
      }),
      replacedBy: [
        "routeTableId",
        "destinationCidrBlock",
        "destinationIpv6CidrBlock",
        "destinationPrefixListId",
      ],
      // A route table has one route to a destination.
      rejectCreate: ({ inputs: { routeTableId, destinationCidrBlock } }, { resources }) =>
        ofType(resources, "aws:ec2/route:Route").some(
          ({ inputs }) =>
            inputs.routeTableId === routeTableId &&
            inputs.destinationCidrBlock === destinationCidrBlock,
        )
          ? `creating Route: RouteAlreadyExists: The route identified by ${String(destinationCidrBlock)} already exists in ${String(routeTableId)}`
          : undefined,
      actions: actions(page, ec2Arns("route-table"), {
        create: ["ec2:CreateRoute"],
        read: ["ec2:DescribeRouteTables"],
        update: ["ec2:ReplaceRoute"],
        delete: ["ec2:DeleteRoute"],
      }),
      cost: costsNothing.network,
    },

    "aws:ec2/securityGroup:SecurityGroup": {
      create: (name, _inputs, context) => {
        const id = `sg-${hex(name, 17)}`;
        return {
          id,
          outputs: { arn: context.arn("ec2", `security-group/${id}`), ownerId: context.accountId },
        };
      },
      replacedBy: ["name", "namePrefix", "description", "vpcId"],
      rejectDelete: usedBy(
        "DependencyViolation: The security group has a dependent object",
        ["aws:transfer/server:Server", "endpointDetails.securityGroupIds"],
        ["aws:lambda/function:Function", "vpcConfig.securityGroupIds"],
        ["aws:route53/resolverEndpoint:ResolverEndpoint", "securityGroupIds"],
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "referencedSecurityGroupId"],
        ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "referencedSecurityGroupId"],
      ),
      actions: actions(page, [...ec2Arns("security-group", "vpc"), ...interfaceArns], {
        create: ["ec2:CreateSecurityGroup", "ec2:CreateTags"],
        read: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
        // The provider revokes the rule of a new group that allows all outbound traffic.
        update: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", ...updateTags],
        delete: ["ec2:DeleteSecurityGroup", ...deleteInterfaces],
      }),
      cost: costsNothing.network,
    },

    [accepter]: {
      create: (_name, inputs) => ({
        id: String(inputs.vpcPeeringConnectionId),
        outputs: { acceptStatus: inputs.autoAccept === true ? "active" : "pending-acceptance" },
      }),
      replacedBy: ["vpcPeeringConnectionId"],
      creationSeconds: 5,
      actions: actions(page, ec2Arns("vpc-peering-connection", "vpc"), {
        create: ["ec2:AcceptVpcPeeringConnection", "ec2:CreateTags"],
        read: ["ec2:DescribeVpcPeeringConnections"],
        update: ["ec2:ModifyVpcPeeringConnectionOptions", ...updateTags],
      }),
      cost: [
        {
          name: "traffic between zones",
          price: "peering.gb",
          formula: "GB transferred over a peering, at most",
          units: (stack) => (countOf(stack, accepter) > 0 ? stack.usage.transferredGb : 0),
        },
      ],
    },

    [vpcEndpoint]: {
      cost: [
        {
          name: "VPC endpoint",
          price: "endpoint.hour",
          formula: "730 x subnets of interface endpoints; a gateway endpoint costs nothing",
          units: ({ resources }) =>
            ofType(resources, vpcEndpoint)
              .filter(({ outputs }) => outputs.vpcEndpointType === "Interface")
              .reduce(
                (hours, { outputs }) =>
                  hours + hoursPerMonth * ((outputs.subnetIds as unknown[]) ?? []).length,
                0,
              ),
        },
      ],
    },

    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": { cost: costsNothing.network },
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {
      cost: costsNothing.network,
    },
  },

  invokes: {
    "aws:ec2/getVpc:getVpc": networkReads.getVpc,
    "aws:ec2/getSubnets:getSubnets": networkReads.getSubnets,
    "aws:ec2/getSubnet:getSubnet": networkReads.getSubnet,
    "aws:ec2/getRouteTables:getRouteTables": networkReads.getRouteTables,
    "aws:ec2/getNetworkInterfaces:getNetworkInterfaces": networkReads.getNetworkInterfaces,

    "aws:ec2/getRouteTable:getRouteTable": {
      result: ({ routeTableId }, { resources }) => ({
        id: routeTableId,
        routeTableId,
        routes: ofType(resources, "aws:ec2/route:Route")
          .filter(({ inputs }) => inputs.routeTableId === routeTableId)
          .map(({ inputs }) => ({
            cidrBlock: inputs.destinationCidrBlock,
            vpcPeeringConnectionId: inputs.vpcPeeringConnectionId,
          })),
      }),
      actions: ["ec2:DescribeRouteTables"],
    },

    "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections": {
      result: ({ filters }, { resources }) => {
        const ids = filter(filters, "vpc-peering-connection-id");
        const codes = filter(filters, "status-code");
        const found = ofType(resources, accepter).filter(
          ({ id, outputs }) =>
            (ids?.includes(id) ?? true) && (codes?.includes(String(outputs.acceptStatus)) ?? true),
        );
        return { id: "peerings", ids: found.map(({ id }) => id) };
      },
      actions: ["ec2:DescribeVpcPeeringConnections"],
    },

    "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection": {
      // AWS shows a request of SORACOM's together with its id.
      result: ({ id }, { resources }) => {
        const accepted = ofType(resources, accepter).find((resource) => resource.id === id);
        return {
          id,
          status: accepted?.outputs.acceptStatus ?? "pending-acceptance",
          tags: accepted?.inputs.tags ?? {},
        };
      },
      actions: ["ec2:DescribeVpcPeeringConnections"],
    },

    "aws:ec2/getVpcEndpoint:getVpcEndpoint": {
      result: ({ id }, context) => {
        const { region } = context;
        const endpointId = String(id);
        // As long as a real name, 81 characters.
        const name = `${endpointId}-${hex(endpointId, 8)}.server.transfer.${region}.vpce.amazonaws.com`;
        const subnets = endpointSubnets(endpointId, context);
        return {
          id: endpointId,
          state: "available",
          dnsEntries: [
            name,
            ...subnets.map((_, i) => name.replace(".", `-${region}${"abc"[i]}.`)),
          ].map((dnsName) => ({ dnsName, hostedZoneId: "Z1" })),
          networkInterfaceIds: subnets.map((subnet) => interfaceId(endpointId, subnet)),
        };
      },
      actions: ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists"],
    },

    "aws:ec2/getNetworkInterface:getNetworkInterface": {
      result: ({ id }, context) => {
        for (const server of ofType(context.resources, "aws:transfer/server:Server")) {
          const { vpcEndpointId } = server.outputs.endpointDetails as { vpcEndpointId: string };
          const subnets = endpointSubnets(vpcEndpointId, context);
          const index = subnets.findIndex((subnet) => interfaceId(vpcEndpointId, subnet) === id);
          // AWS reserves the first four addresses of a subnet; the endpoint has the second of the others.
          if (index >= 0) {
            const offset = 5 + 10 * (generationOf(server.name) - 1);
            return { id, privateIp: addressIn(subnets[index], index, offset, context) };
          }
        }
        throw new Error(`The network interface ${String(id)} does not exist.`);
      },
      actions: ["ec2:DescribeNetworkInterfaces"],
    },
  },
};

/** 2 for the replacement of a resource, `name#2`: its predecessor still has its addresses when it is created. */
const generationOf = (name: string) => Number(/#(\d+)$/.exec(name)?.[1] ?? 1);

const interfaceId = (endpointId: string, subnetId: string) =>
  `eni-${hex(`${endpointId} ${subnetId}`, 17)}`;

function endpointSubnets(endpointId: string, { resources }: ProviderContext): string[] {
  const details = ofType(resources, "aws:transfer/server:Server")
    .map((server) => server.outputs.endpointDetails as Record<string, unknown>)
    .find((candidate) => candidate.vpcEndpointId === endpointId);
  if (!details) throw new Error(`The VPC endpoint ${endpointId} does not exist.`);
  return details.subnetIds as string[];
}

/**
 * An address of a subnet.
 *
 * @param index - Which of the caller's subnets it is. A subnet of an existing VPC is not in the program: a range
 * reserved for documentation takes the place of its block, a part for each subnet.
 * @param offset - Number of the address in the block.
 */
export function addressIn(
  subnetId: string,
  index: number,
  offset: number,
  { resources }: ProviderContext,
): string {
  const subnet = resources.find(({ id }) => id === subnetId);
  const block = String(subnet?.outputs.cidrBlock ?? `203.0.113.${index * 64}/26`);
  return formatAddress(parseCidr(block)!.base + offset);
}
