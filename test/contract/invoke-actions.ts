/** A provider function's source, and the API operations that it calls there. */
interface InvokeSource {
  /** Below internal/ of hashicorp/terraform-provider-aws; none: it calls no API. */
  readonly file?: string;
  readonly actions: readonly string[];
}

/**
 * The API calls that each provider function makes, read in the source of its data source in
 * https://github.com/hashicorp/terraform-provider-aws: CloudFormation has no counterpart to compare with. Each
 * operation is an action of the same name.
 */
export const invokeActions: Readonly<Record<string, InvokeSource>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    file: "service/ec2/ec2_availability_zones_data_source.go",
    actions: ["ec2:DescribeAvailabilityZones"],
  },
  "aws:index/getCallerIdentity:getCallerIdentity": {
    file: "service/sts/caller_identity_data_source.go",
    actions: ["sts:GetCallerIdentity"],
  },
  "aws:index/getPartition:getPartition": { actions: [] },
  "aws:index/getRegion:getRegion": { actions: [] },
  "aws:ec2/getNetworkInterface:getNetworkInterface": {
    file: "service/ec2/vpc_network_interface_data_source.go",
    actions: ["ec2:DescribeNetworkInterfaces"],
  },
  "aws:ec2/getNetworkInterfaces:getNetworkInterfaces": {
    file: "service/ec2/vpc_network_interfaces_data_source.go",
    actions: ["ec2:DescribeNetworkInterfaces"],
  },
  "aws:ec2/getRouteTable:getRouteTable": {
    file: "service/ec2/vpc_route_table_data_source.go",
    actions: ["ec2:DescribeRouteTables"],
  },
  "aws:ec2/getRouteTables:getRouteTables": {
    file: "service/ec2/vpc_route_tables_data_source.go",
    actions: ["ec2:DescribeRouteTables"],
  },
  "aws:ec2/getSubnet:getSubnet": {
    file: "service/ec2/vpc_subnet_data_source.go",
    actions: ["ec2:DescribeSubnets"],
  },
  "aws:ec2/getSubnets:getSubnets": {
    file: "service/ec2/vpc_subnets_data_source.go",
    actions: ["ec2:DescribeSubnets"],
  },
  "aws:ec2/getVpc:getVpc": {
    file: "service/ec2/vpc_data_source.go",
    actions: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
  },
  "aws:ec2/getVpcEndpoint:getVpcEndpoint": {
    file: "service/ec2/vpc_endpoint_data_source.go",
    actions: ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists"],
  },
  "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection": {
    file: "service/ec2/vpc_peering_connection_data_source.go",
    actions: ["ec2:DescribeVpcPeeringConnections"],
  },
  "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections": {
    file: "service/ec2/vpc_peering_connections_data_source.go",
    actions: ["ec2:DescribeVpcPeeringConnections"],
  },
};
