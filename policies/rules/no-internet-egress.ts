import { CheckedResource, fieldsOf, listOf, Rule } from "./rule";

/** Properties of a route whose targets lead to the internet. */
const internetTargets = [
  "gatewayId",
  "natGatewayId",
  "egressOnlyGatewayId",
  "carrierGatewayId",
  "natInstanceId",
];

/** The endpoint's network has no route to or from the internet. */
export const noInternetEgress: Rule = {
  name: "no-internet-egress",
  description:
    "No route leads to an internet or NAT gateway, no subnet is public, no egress is open.",
  check: (resource) => [...routes(resource), ...network(resource), ...egress(resource)],
};

function routes({ type, properties }: CheckedResource): string[] {
  const routes = {
    "aws:ec2/route:Route": [properties],
    "aws:ec2/routeTable:RouteTable": listOf(properties.routes).map(fieldsOf),
  }[type];
  return (routes ?? []).flatMap((route) =>
    internetTargets
      // Gateway endpoints (`vpce-`) and the VPC itself (`local`) do not lead to the internet.
      .filter((target) => route[target] && !/^(vpce-|local$)/.test(String(route[target])))
      .map((target) => `has a route to ${target} ${String(route[target])}`),
  );
}

function network({ type, properties }: CheckedResource): string[] {
  if (type === "aws:ec2/natGateway:NatGateway") return ["is a NAT gateway"];
  if (type === "aws:ec2/subnet:Subnet" && properties.mapPublicIpOnLaunch === true) {
    return ["assigns public addresses"];
  }
  // The engine passes components of another language without inputs; their children are checked above.
  if (type !== "awsx:ec2:Vpc" || Object.keys(properties).length === 0) return [];
  const subnets = listOf(properties.subnetSpecs).map((spec) => fieldsOf(spec).type);
  const open = subnets.filter((kind) => kind !== "Isolated" && kind !== "Unused");
  // awsx's default is public and private subnets and a NAT gateway in every zone.
  return [
    ...(properties.subnetSpecs === undefined ? ["specifies no subnets"] : []),
    ...open.map((kind) => `has ${String(kind)} subnets`),
    ...(fieldsOf(properties.natGateways).strategy === "None" ? [] : ["has NAT gateways"]),
  ];
}

function egress({ type, properties }: CheckedResource): string[] {
  const open = "permits egress, which no component needs";
  if (type === "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
    return leadsToFtp(properties) ? [] : [open];
  }
  if (type === "aws:ec2/securityGroupRule:SecurityGroupRule") {
    return properties.type === "egress" ? [open] : [];
  }
  if (type !== "aws:ec2/securityGroup:SecurityGroup") return [];
  return listOf(properties.egress).length > 0 ? [open] : [];
}

/** The canary's rule: to a security group, in this VPC or a peered one, and to FTP's ports only. */
function leadsToFtp(properties: Readonly<Record<string, unknown>>): boolean {
  const { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId } = properties;
  const elsewhere = [cidrIpv4, cidrIpv6, prefixListId].some((target) => target !== undefined);
  const [from, to] = [Number(fromPort), Number(toPort)];
  const isFtp = (from === 21 && to === 21) || (from >= 8192 && to <= 8200);
  return !elsewhere && ipProtocol === "tcp" && isFtp;
}
