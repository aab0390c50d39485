import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { controlPort, passivePorts } from "./endpoint-network";
import { type InputTags, named } from "./internal/tags";

/** The VPC the canary runs in, and the endpoint it may reach. */
export interface CanaryNetworkArgs {
  vpcId: pulumi.Input<string>;
  /** The endpoint's security group, the only one that the canary reaches. */
  endpointSecurityGroupId: pulumi.Input<string>;
  /**
   * The permission with which Lambda removes its network interfaces: the group is created after it, and deleted
   * before it. Default: nothing.
   */
  createdAfter?: pulumi.Resource;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/**
 * A security group for the canary that admits nothing, and permits FTP to the endpoint only; and the rules of the
 * endpoint's group that admit this group, by its id and not by an address. It costs nothing.
 *
 * @example new CanaryNetwork("site-canary-network", { vpcId, endpointSecurityGroupId })
 */
export class CanaryNetwork extends pulumi.ComponentResource {
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** All rules of both groups; the canary needs each of them. */
  readonly rules: pulumi.Resource[];

  constructor(name: string, args: CanaryNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:CanaryNetwork", name, {}, opts);
    const { vpcId, endpointSecurityGroupId, createdAfter, tags } = args;
    const child = { parent: this };

    this.securityGroup = new aws.ec2.SecurityGroup(
      `${name}-group`,
      {
        vpcId,
        description: "The canary: FTP to the endpoint, and nothing else",
        // Rules are separate resources; the provider removes AWS's default egress rule.
        tags: named(tags, name),
      },
      { ...child, dependsOn: createdAfter },
    );
    const canaryId = this.securityGroup.id;
    const ports = [
      { suffix: "control", what: "control connection", from: controlPort, to: controlPort },
      { suffix: "passive", what: "data connections", ...passivePorts },
    ];
    this.rules = ports.flatMap(({ suffix, what, from, to }) => {
      const common = { ipProtocol: "tcp", fromPort: from, toPort: to };
      const tagged = { tags: named(tags, `${name}-${suffix}`) };
      return [
        new aws.vpc.SecurityGroupEgressRule(
          `${name}-${suffix}-out`,
          {
            ...common,
            ...tagged,
            securityGroupId: canaryId,
            description: `FTP ${what} of the canary`,
            referencedSecurityGroupId: endpointSecurityGroupId,
          },
          child,
        ),
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-${suffix}-in`,
          {
            ...common,
            ...tagged,
            securityGroupId: endpointSecurityGroupId,
            description: `FTP ${what} of the canary`,
            referencedSecurityGroupId: canaryId,
          },
          child,
        ),
      ];
    });
    this.registerOutputs({ securityGroupId: this.securityGroup.id });
  }
}
