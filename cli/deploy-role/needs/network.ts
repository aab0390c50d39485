import { ec2 as on, need, Need } from "../need";

const PAGE = "amazonec2";
const tags = { update: ["ec2:CreateTags", "ec2:DeleteTags"] };

const rule = (direction: "Ingress" | "Egress"): Need =>
  need(PAGE, on("security-group", "security-group-rule"), {
    create: [`ec2:AuthorizeSecurityGroup${direction}`, "ec2:CreateTags"],
    update: ["ec2:ModifySecurityGroupRules", ...tags.update],
    delete: [`ec2:RevokeSecurityGroup${direction}`],
    everywhere: ["ec2:DescribeSecurityGroupRules"],
  });

/** VPC, and what Canal needs in it. */
export const network: Record<string, Need> = {
  "aws:ec2/vpc:Vpc": need(PAGE, on("vpc"), {
    create: ["ec2:CreateVpc", "ec2:CreateTags"],
    read: ["ec2:DescribeVpcAttribute"],
    update: ["ec2:ModifyVpcAttribute", ...tags.update],
    delete: ["ec2:DeleteVpc"],
    everywhere: [
      "ec2:DescribeVpcs",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeAvailabilityZones",
    ],
  }),
  "aws:ec2/subnet:Subnet": need(PAGE, on("subnet", "vpc"), {
    create: ["ec2:CreateSubnet", "ec2:CreateTags"],
    update: ["ec2:ModifySubnetAttribute", ...tags.update],
    delete: ["ec2:DeleteSubnet"],
    everywhere: ["ec2:DescribeSubnets", "ec2:DescribeNetworkInterfaces"],
  }),
  "aws:ec2/internetGateway:InternetGateway": need(PAGE, on("internet-gateway", "vpc"), {
    create: ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway", "ec2:CreateTags"],
    update: tags.update,
    delete: ["ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"],
    everywhere: ["ec2:DescribeInternetGateways"],
  }),
  "aws:ec2/routeTable:RouteTable": need(PAGE, on("route-table", "vpc"), {
    create: ["ec2:CreateRouteTable", "ec2:CreateTags"],
    update: tags.update,
    delete: ["ec2:DeleteRouteTable"],
    everywhere: ["ec2:DescribeRouteTables"],
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": need(PAGE, on("route-table", "subnet"), {
    create: ["ec2:AssociateRouteTable"],
    update: ["ec2:ReplaceRouteTableAssociation"],
    delete: ["ec2:DisassociateRouteTable"],
    everywhere: ["ec2:DescribeRouteTables"],
  }),
  "aws:ec2/route:Route": need(PAGE, on("route-table"), {
    create: ["ec2:CreateRoute"],
    update: ["ec2:ReplaceRoute"],
    delete: ["ec2:DeleteRoute"],
    everywhere: ["ec2:DescribeRouteTables"],
  }),
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": need(
    PAGE,
    on("vpc-peering-connection", "vpc"),
    {
      create: ["ec2:AcceptVpcPeeringConnection", "ec2:CreateTags"],
      update: ["ec2:ModifyVpcPeeringConnectionOptions", ...tags.update],
      everywhere: ["ec2:DescribeVpcPeeringConnections"],
    },
  ),
  "aws:ec2/securityGroup:SecurityGroup": need(PAGE, on("security-group", "vpc"), {
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags"],
    // A new group lets everything out until the provider has taken that rule away.
    update: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", ...tags.update],
    delete: ["ec2:DeleteSecurityGroup"],
    everywhere: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("Ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("Egress"),
};
