import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { parseAddress } from "../lib/ipv4";

/** The name, the addresses it stands for, and who may ask for it. */
export interface DeviceDnsArgs {
  /** What devices call the server, for example `ftp.plant.internal`; the zone is all behind the first dot. */
  deviceName: string;
  vpcId: pulumi.Input<string>;
  /** Where the resolver stands: two or three, each in a zone of its own. AWS takes no resolver with one address. */
  subnetIds: pulumi.Input<string>[];
  /** Who may ask, as one CIDR block: where devices come from. */
  allowedCidr: pulumi.Input<string>;
  /** What the name stands for: the endpoint's addresses. */
  addresses: pulumi.Input<string[]>;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/** Seconds a device may keep an answer: how long it holds on to a server that was replaced. */
const timeToLive = 60;

/**
 * A short name for devices that stays when the server is replaced: a private zone of the VPC, and a Route 53
 * Resolver inbound endpoint that answers devices through the VPG. Give its addresses to the SIM group as resolvers.
 *
 * About USD 183 a month: USD 0.125 an hour for each of the resolver's addresses, of which there are at least two
 * (AWS re:Post, "route-53-resolver-endpoint-costs"; check the price page), and USD 0.40 a million questions. Nearly
 * as much as the server: where devices take an address, and the server is never replaced, it is not worth it.
 *
 * @example new DeviceDns("site-dns", { deviceName: "ftp.plant.internal", vpcId, subnetIds, allowedCidr, addresses })
 */
export class DeviceDns extends pulumi.ComponentResource {
  /** What devices call the server. */
  readonly deviceName: pulumi.Output<string>;
  /** The resolver's addresses, in ascending order: the DNS servers of the devices. */
  readonly resolverIps: pulumi.Output<string[]>;

  constructor(name: string, args: DeviceDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:DeviceDns", name, {}, opts);
    const { deviceName, vpcId, tags } = args;
    const child = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      `${name}-security-group`,
      {
        vpcId,
        description: "DNS from the allowed range only",
        egress: [],
        tags: { ...tags, Name: name },
      },
      child,
    );
    // Long answers, and devices whose UDP is lost, come by TCP.
    for (const ipProtocol of ["udp", "tcp"]) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${ipProtocol}`,
        {
          securityGroupId: group.id,
          description: `DNS over ${ipProtocol.toUpperCase()}`,
          cidrIpv4: args.allowedCidr,
          ipProtocol,
          fromPort: 53,
          toPort: 53,
          tags: { ...tags, Name: `${name}-${ipProtocol}` },
        },
        child,
      );
    }
    const resolver = new aws.route53.ResolverEndpoint(
      `${name}-resolver`,
      {
        name,
        direction: "INBOUND",
        securityGroupIds: [group.id],
        ipAddresses: args.subnetIds.map((subnetId) => ({ subnetId })),
        tags,
      },
      child,
    );
    const zone = new aws.route53.Zone(
      `${name}-zone`,
      { name: zoneOf(deviceName), comment: "Names for devices", vpcs: [{ vpcId }], tags },
      child,
    );
    new aws.route53.Record(
      `${name}-record`,
      {
        zoneId: zone.zoneId,
        name: deviceName,
        type: "A",
        ttl: timeToLive,
        records: args.addresses,
      },
      child,
    );

    this.deviceName = pulumi.output(deviceName);
    // AWS lists them in no order, and a SIM group whose resolvers change places is changed.
    this.resolverIps = resolver.ipAddresses.apply((list) =>
      list
        .map(({ ip }) => ip ?? "")
        .sort((a, b) => (parseAddress(a) ?? 0) - (parseAddress(b) ?? 0)),
    );
    this.registerOutputs({ resolverIps: this.resolverIps });
  }
}

/** All behind the first dot. */
export function zoneOf(deviceName: string): string {
  return deviceName.slice(deviceName.indexOf(".") + 1);
}
