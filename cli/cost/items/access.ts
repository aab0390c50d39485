import { all, count, type Item, type PricedSite } from "../item";
import { HOURS, loginsOf } from "../usage";

const COMMAND = "command:local:Command";

/** Commands of the SORACOM driver of a kind; a VPG that is given is somebody else's bill. */
function commands({ stack }: PricedSite, noun: string): number {
  return all(stack, COMMAND).filter(({ inputs }) => {
    const { CANAL_FTP_SPEC = "{}" } = (inputs.environment ?? {}) as Record<string, string>;
    const spec = JSON.parse(CANAL_FTP_SPEC) as { vpgId?: string };
    const isGiven = noun === "vpg" && spec.vpgId !== undefined;
    return String(inputs.create).includes(`soracom/main.ts ${noun} `) && !isGiven;
  }).length;
}

/** The way from the device to the server. */
export const accessItems: readonly Item[] = [
  {
    name: "Transfer Family, server",
    types: ["aws:transfer/server:Server"],
    price: "transfer.hour",
    formula: "730 x protocols of all servers, also while they are stopped",
    units: ({ stack }) =>
      all(stack, "aws:transfer/server:Server").reduce(
        (hours, { outputs }) =>
          hours + HOURS * ((outputs.protocols as string[]) ?? ["SFTP"]).length,
        0,
      ),
  },
  {
    name: "Transfer Family, data",
    types: ["aws:transfer/server:Server"],
    price: "transfer.gb",
    formula: "GB transferred",
    units: (site) => (count(site, "aws:transfer/server:Server") > 0 ? site.usage.transferredGb : 0),
  },
  {
    name: "SORACOM VPG, set-up",
    types: [COMMAND],
    price: "vpg.setup",
    formula: "VPGs that the stack makes",
    units: (site) => commands(site, "vpg"),
    once: true,
  },
  {
    name: "SORACOM VPG, base",
    types: [COMMAND],
    price: "vpg.hour",
    formula: "730 x VPGs that the stack makes",
    units: (site) => HOURS * commands(site, "vpg"),
  },
  {
    name: "SORACOM Canal peering",
    types: [COMMAND],
    price: "canal.hour",
    formula: "730 x peerings",
    units: (site) => HOURS * commands(site, "peering"),
  },
  {
    name: "traffic between zones",
    types: ["aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"],
    price: "peering.gb",
    formula: "GB transferred over a peering, at the most",
    units: (site) =>
      count(site, "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter") > 0
        ? site.usage.transferredGb
        : 0,
  },
  {
    name: "Route 53 Resolver, endpoint",
    types: ["aws:route53/resolverEndpoint:ResolverEndpoint"],
    price: "resolver.hour",
    formula: "730 x addresses of the endpoint",
    units: ({ stack }) =>
      all(stack, "aws:route53/resolverEndpoint:ResolverEndpoint").reduce(
        (hours, { outputs }) => hours + HOURS * ((outputs.ipAddresses as unknown[]) ?? []).length,
        0,
      ),
  },
  {
    name: "Route 53 Resolver, queries",
    types: ["aws:route53/resolverEndpoint:ResolverEndpoint"],
    price: "resolver.million",
    formula: "logins / 10^6, a query each",
    units: (site) =>
      count(site, "aws:route53/resolverEndpoint:ResolverEndpoint") > 0
        ? loginsOf(site.usage) / 1e6
        : 0,
  },
  {
    name: "Route 53, zone",
    types: ["aws:route53/zone:Zone"],
    price: "zone.month",
    formula: "zones",
    units: (site) => count(site, "aws:route53/zone:Zone"),
  },
  {
    name: "VPC endpoint",
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    price: "endpoint.hour",
    formula: "730 x subnets of interface endpoints; a gateway endpoint costs nothing",
    units: ({ stack }) =>
      all(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
        .filter(({ outputs }) => outputs.vpcEndpointType === "Interface")
        .reduce(
          (hours, { outputs }) => hours + HOURS * ((outputs.subnetIds as unknown[]) ?? []).length,
          0,
        ),
  },
];
