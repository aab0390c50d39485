import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { nthBlock } from "../../../lib/ipv4";
import type { SubnetSpec } from "../../../resources/awsx";

/** The inputs that the program uses; all plain, as the real component requires. */
export interface VpcInputs {
  readonly cidrBlock: string;
  readonly availabilityZoneNames: readonly string[];
  readonly subnetSpecs: readonly SubnetSpec[];
  readonly enableDnsHostnames?: boolean;
  readonly enableDnsSupport?: boolean;
  readonly tags?: Record<string, string>;
}

/**
 * `awsx.ec2.Vpc` with one isolated subnet in each zone, made of real children as awsx's own component makes them:
 * a route table for each subnet, and an internet gateway without a route to it.
 */
export class Vpc extends pulumi.ComponentResource {
  /** The properties the program may read. */
  readonly state: pulumi.Inputs;

  constructor(name: string, inputs: VpcInputs, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, opts);
    const { cidrBlock, subnetSpecs, availabilityZoneNames } = inputs;
    const tagsOf = (called: string) => ({ ...inputs.tags, Name: called });

    const vpc = new ec2.Vpc(
      name,
      {
        cidrBlock,
        enableDnsHostnames: inputs.enableDnsHostnames,
        enableDnsSupport: inputs.enableDnsSupport,
        tags: tagsOf(name),
      },
      { parent: this },
    );
    const within = { parent: vpc, dependsOn: [vpc] };
    const gateway = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: tagsOf(name) }, within);

    const [spec] = subnetSpecs;
    const zones = availabilityZoneNames.map((availabilityZone, zone) => {
      const label = `${name}-${spec.name}-${zone + 1}`;
      const subnet = new ec2.Subnet(
        label,
        {
          vpcId: vpc.id,
          cidrBlock: nthBlock(cidrBlock, spec.cidrMask, zone),
          availabilityZone,
          tags: tagsOf(label),
        },
        within,
      );
      const table = new ec2.RouteTable(
        label,
        { vpcId: vpc.id, tags: tagsOf(label) },
        { parent: subnet },
      );
      new ec2.RouteTableAssociation(
        label,
        { subnetId: subnet.id, routeTableId: table.id },
        { parent: table },
      );
      return { subnet, table };
    });

    this.state = {
      vpcId: vpc.id,
      vpc,
      isolatedSubnetIds: zones.map(({ subnet }) => subnet.id),
      privateSubnetIds: [],
      publicSubnetIds: [],
      routeTables: zones.map(({ table }) => table),
      internetGateway: gateway,
    };
    this.registerOutputs(this.state);
  }
}
