import { ofType } from "../lib/stack/resource";
import { actions, ec2Arns } from "./actions";
import { hex } from "./context";
import { costsNothing, countOf, hoursPerMonth, loginsPerMonth } from "./cost-item";
import { addressIn } from "./ec2";
import type { Service } from "./resource-type";
import { usedBy } from "./rejections";

const page = "amazonroute53";
const zones = ["arn:{partition}:route53:::hostedzone/*", "arn:{partition}:route53:::change/*"];
const resolverEndpoint = "aws:route53/resolverEndpoint:ResolverEndpoint";

/** Zones, records, and the resolver that devices query. */
export const route53: Service = {
  types: {
    "aws:route53/zone:Zone": {
      create: (name, _inputs, context) => {
        const zoneId = `Z${hex(name, 20).toUpperCase()}`;
        const arn = context.arn("route53", `hostedzone/${zoneId}`, { region: "", account: "" });
        return { id: zoneId, outputs: { zoneId, arn } };
      },
      replacedBy: ["name", "delegationSetId"],
      rejectDelete: usedBy(
        "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted",
        ["aws:route53/record:Record", "zoneId"],
      ),
      actions: actions(page, zones, {
        create: ["route53:CreateHostedZone", "route53:ChangeTagsForResource", "ec2:DescribeVpcs"],
        read: [
          "route53:GetHostedZone",
          "route53:GetChange",
          "route53:ListTagsForResource",
          "route53:ListResourceRecordSets",
        ],
        update: [
          "route53:UpdateHostedZoneComment",
          "route53:ChangeTagsForResource",
          "route53:AssociateVPCWithHostedZone",
          "route53:DisassociateVPCFromHostedZone",
        ],
        delete: ["route53:DeleteHostedZone"],
      }),
      cost: [
        {
          name: "Route 53, zone",
          price: "zone.month",
          formula: "zones",
          units: (stack) => countOf(stack, "aws:route53/zone:Zone"),
        },
      ],
    },

    "aws:route53/record:Record": {
      create: (_name, { zoneId, name, type }) => ({
        id: [zoneId, name, type].join("_"),
        outputs: { fqdn: name },
      }),
      replacedBy: ["zoneId", "name"],
      actions: actions(page, zones, {
        create: ["route53:ChangeResourceRecordSets"],
        read: ["route53:ListResourceRecordSets", "route53:GetHostedZone", "route53:GetChange"],
        update: ["route53:ChangeResourceRecordSets"],
        delete: ["route53:ChangeResourceRecordSets"],
      }),
      cost: "included in the price of its zone",
    },

    "aws:route53/zoneAssociation:ZoneAssociation": { cost: costsNothing.setting },

    [resolverEndpoint]: {
      create: (name, inputs, context) => {
        const id = `rslvr-in-${hex(name, 17)}`;
        const requested = inputs.ipAddresses as { subnetId: string }[];
        return {
          id,
          outputs: {
            arn: context.arn("route53resolver", `resolver-endpoint/${id}`),
            ipAddresses: requested.map(({ subnetId }, index) => ({
              subnetId,
              // The address after that of the FTP endpoint.
              ip: addressIn(subnetId, index, 6, context),
              ipId: `rni-${hex(`${name}${index}`, 17)}`,
            })),
          },
        };
      },
      replacedBy: ["direction", "securityGroupIds"],
      actions: actions(
        "amazonroute53resolver",
        [
          "arn:{partition}:route53resolver:{region}:{account}:resolver-endpoint/*",
          ...ec2Arns("network-interface", "subnet", "security-group"),
        ],
        {
          create: [
            "route53resolver:CreateResolverEndpoint",
            "route53resolver:TagResource",
            // Its addresses are network interfaces, created with the caller's permissions.
            "ec2:CreateNetworkInterface",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeVpcs",
          ],
          read: [
            "ec2:DescribeNetworkInterfaces",
            "route53resolver:GetResolverEndpoint",
            "route53resolver:ListResolverEndpointIpAddresses",
            "route53resolver:ListTagsForResource",
          ],
          update: [
            "route53resolver:UpdateResolverEndpoint",
            "ec2:ModifyNetworkInterfaceAttribute",
            "route53resolver:AssociateResolverEndpointIpAddress",
            "route53resolver:DisassociateResolverEndpointIpAddress",
            "route53resolver:TagResource",
            "route53resolver:UntagResource",
          ],
          delete: ["route53resolver:DeleteResolverEndpoint", "ec2:DeleteNetworkInterface"],
        },
      ),
      cost: [
        {
          name: "Route 53 Resolver, endpoint",
          price: "resolver.hour",
          formula: "730 x addresses of the endpoint",
          units: ({ resources }) =>
            ofType(resources, resolverEndpoint).reduce(
              (hours, { outputs }) =>
                hours + hoursPerMonth * ((outputs.ipAddresses as unknown[]) ?? []).length,
              0,
            ),
        },
        {
          name: "Route 53 Resolver, queries",
          price: "resolver.million",
          formula: "logins / 10^6, a query each",
          units: (stack) =>
            countOf(stack, resolverEndpoint) > 0 ? loginsPerMonth(stack) / 1e6 : 0,
        },
      ],
    },
  },
};
