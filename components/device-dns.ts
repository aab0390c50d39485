import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { parseAddress } from "../lib/ipv4";
import { type InputTags, named } from "./internal/tags";

/** The name, its addresses, and the range that may resolve it. */
export interface DeviceDnsArgs {
  /** The server's name for devices, for example `ftp.plant.internal`; the zone is the part after the first dot. */
  deviceName: pulumi.Input<string>;
  /** Id of the VPC, `vpc-…`. */
  vpcId: pulumi.Input<string>;
  /** Ids of the resolver's subnets: two or three, each in another zone. AWS accepts no resolver with one address. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** CIDR block that may send queries: the range of the devices. */
  allowedCidr: pulumi.Input<string>;
  /** Addresses of the name: the endpoint's. */
  addresses: pulumi.Input<string[]>;
  /**
   * Id of an existing private hosted zone to create the name in; it has to be associated with the VPC. Default: a new
   * zone.
   */
  zoneId?: pulumi.Input<string>;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/** Seconds that a device may cache an answer, and so use the address of a replaced server. */
const timeToLive = 60;

/**
 * A short name for devices that stays when the server is replaced: a private zone of the VPC, and a Route 53
 * Resolver inbound endpoint that answers devices through the VPG. Pass its addresses to the SIM group as resolvers.
 *
 * About USD 183 a month: USD 0.125 an hour for each of the resolver's addresses, of which there are at least two
 * (AWS re:Post, "route-53-resolver-endpoint-costs"; check the price page), and USD 0.40 per million queries. That is
 * nearly the price of the server; devices that accept an IP address do not need it while the server is not replaced.
 *
 * @example new DeviceDns("site-dns", { deviceName: "ftp.plant.internal", vpcId, subnetIds, allowedCidr, addresses })
 */
export class DeviceDns extends pulumi.ComponentResource {
  /** The server's name for devices. */
  readonly deviceName: pulumi.Output<string>;
  /** The resolver's addresses, in ascending order: the DNS servers of the devices. */
  readonly resolverIps: pulumi.Output<string[]>;
  /** Id of the hosted zone. */
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: DeviceDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:DeviceDns", name, args, opts);
    const { deviceName, vpcId, tags } = args;
    const child = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      `${name}-security-group`,
      {
        vpcId,
        description: "DNS from the allowed range only",
        egress: [],
        tags: named(tags, name),
      },
      child,
    );
    // Long answers, and devices that lose UDP packets, use TCP.
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
          tags: named(tags, `${name}-${ipProtocol}`),
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
        ipAddresses: pulumi
          .output(args.subnetIds)
          .apply((subnetIds) => subnetIds.map((subnetId) => ({ subnetId }))),
        tags,
      },
      child,
    );
    this.deviceName = pulumi.output(deviceName);
    this.zoneId = pulumi.output(
      args.zoneId ??
        new aws.route53.Zone(
          `${name}-zone`,
          {
            name: this.deviceName.apply(zoneOf),
            comment: "Names for devices",
            vpcs: [{ vpcId }],
            tags,
          },
          child,
        ).zoneId,
    );
    new aws.route53.Record(
      `${name}-record`,
      {
        zoneId: this.zoneId,
        name: deviceName,
        type: "A",
        ttl: timeToLive,
        records: args.addresses,
      },
      child,
    );

    // AWS lists them in no fixed order, and another order would be a change of the SIM group.
    this.resolverIps = resolver.ipAddresses.apply((list) =>
      list
        .map(({ ip }) => ip ?? "")
        .sort((a, b) => (parseAddress(a) ?? 0) - (parseAddress(b) ?? 0)),
    );
    this.registerOutputs({
      deviceName: this.deviceName,
      resolverIps: this.resolverIps,
      zoneId: this.zoneId,
    });
  }
}

/** The part after the first dot. */
export function zoneOf(deviceName: string): string {
  return deviceName.slice(deviceName.indexOf(".") + 1);
}
