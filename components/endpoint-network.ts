import * as aws from "@pulumi/aws";
// Only this part: the whole package also loads its classic edition and an AWS SDK.
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { type InputTags, named } from "./internal/tags";

/** The control port of Transfer Family (user guide, "create-server-ftp"). */
export const controlPort = 21;
/** Transfer Family's nine ports of passive data connections. */
export const passivePorts = { from: 8192, to: 8200 } as const;

/** A VPC that exists. */
export interface ExistingVpc {
  /** Id of the VPC, `vpc-…`. */
  readonly vpcId: pulumi.Input<string>;
  /** CIDR block of the VPC. */
  readonly cidr: pulumi.Input<string>;
  /** Ids of the endpoint's subnets: one to three, each in another zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Ids of every route table that these subnets use, `rtb-…`. */
  readonly routeTableIds: pulumi.Input<string>[];
}

/** A VPC to create or to use, and the range that may reach its FTP ports. */
export interface EndpointNetworkArgs {
  /** CIDR block that may reach the FTP ports. */
  allowedCidr: pulumi.Input<string>;
  /** CIDR block of the VPC to create. Default 10.0.0.0/16. Ignored with `existing`. */
  cidr?: string;
  /** Zones with a subnet each, 1 to 3. Default 2. Ignored with `existing` and with `availabilityZoneNames`. */
  availabilityZones?: number;
  /**
   * The same zones by name: `chooseZones` returns them. Default: the first that AWS lists, Local Zones among them,
   * so that a zone added to the account moves subnets. Ignored with `existing`.
   */
  availabilityZoneNames?: string[];
  /** A VPC to use instead of a new one. */
  existing?: ExistingVpc;
  /** Protect VPC and subnets from deletion and replacement: devices may store the endpoint's addresses. Default false. */
  protect?: boolean;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/**
 * The network of the FTP endpoint: isolated subnets (no route to the internet, no NAT), each with a route table of
 * its own, and a security group that admits FTP from the allowed range only and permits no egress.
 *
 * A VPC, subnets and a security group cost nothing by themselves.
 *
 * @example new EndpointNetwork("site-network", { allowedCidr: "100.64.0.0/10" })
 */
export class EndpointNetwork extends pulumi.ComponentResource {
  /** Id of the VPC, `vpc-…`. */
  readonly vpcId: pulumi.Output<string>;
  /** CIDR block of the VPC. */
  readonly cidr: pulumi.Output<string>;
  /** Ids of the subnets, one for each zone. */
  readonly subnetIds: pulumi.Output<string[]>;
  /** Ids of the subnets' route tables: each needs a route to the devices. */
  readonly routeTableIds: pulumi.Output<string>[];
  /** Id of the endpoint's security group, `sg-…`. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: EndpointNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:EndpointNetwork", name, args, opts);
    const { allowedCidr, existing, tags = {} } = args;

    if (existing) {
      this.vpcId = pulumi.output(existing.vpcId);
      this.cidr = pulumi.output(existing.cidr);
      this.subnetIds = pulumi.output(existing.subnetIds);
      this.routeTableIds = existing.routeTableIds.map((id) => pulumi.output(id));
    } else {
      const { availabilityZoneNames, availabilityZones = 2, cidr = "10.0.0.0/16" } = args;
      const zones = availabilityZoneNames?.length ?? availabilityZones;
      const cidrMask = quarterOf(cidr);
      const vpc = new awsx.Vpc(
        `${name}-vpc`,
        {
          cidrBlock: cidr,
          // awsx accepts one of the two.
          ...(availabilityZoneNames
            ? { availabilityZoneNames }
            : { numberOfAvailabilityZones: zones }),
          availabilityZoneCidrMask: cidrMask,
          subnetSpecs: [{ type: awsx.SubnetType.Isolated, name: "ftp", cidrMask }],
          subnetStrategy: awsx.SubnetAllocationStrategy.Auto,
          // awsx's default is a NAT gateway in every zone, which is billed and opens a route to the internet.
          natGateways: { strategy: awsx.NatGatewayStrategy.None },
          enableDnsSupport: true,
          enableDnsHostnames: true,
          tags,
        },
        { parent: this, protect: args.protect },
      );
      const each = [...Array(zones).keys()];
      this.vpcId = vpc.vpcId;
      this.cidr = pulumi.output(cidr);
      this.subnetIds = vpc.isolatedSubnetIds.apply((ids) => ids.slice(0, zones));
      this.routeTableIds = each.map((i) => vpc.routeTables.apply((tables) => tables[i].id));
    }

    const securityGroup = new aws.ec2.SecurityGroup(
      `${name}-security-group`,
      {
        vpcId: this.vpcId,
        description: "FTP control and passive data ports, from the allowed range only",
        egress: [],
        tags: named(tags, `${name}-ftp`),
      },
      { parent: this },
    );
    this.securityGroupId = securityGroup.id;
    const allow = (suffix: string, description: string, fromPort: number, toPort: number) =>
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${suffix}`,
        {
          securityGroupId: this.securityGroupId,
          description,
          cidrIpv4: allowedCidr,
          ipProtocol: "tcp",
          fromPort,
          toPort,
          tags: named(tags, `${name}-${suffix}`),
        },
        { parent: this },
      );
    allow("control", "FTP control connection", controlPort, controlPort);
    allow("passive", "FTP passive data connections", passivePorts.from, passivePorts.to);

    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      subnetIds: this.subnetIds,
      routeTableIds: this.routeTableIds,
      securityGroupId: this.securityGroupId,
    });
  }
}

/**
 * Prefix length of a subnet: a quarter of the VPC for any number of zones, so that adding a zone changes no subnet,
 * and no address that a device stores.
 */
export function quarterOf(vpcCidr: string): number {
  return Number(vpcCidr.split("/")[1]) + 2;
}
