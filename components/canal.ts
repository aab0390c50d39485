import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lostPeerings } from "./internal/lost-peering";
import {
  isLeftUnaccepted,
  unacceptedPeerings,
  untilActive,
  untilRequested,
} from "./internal/peering-acceptance";
import { field, soracomCommand } from "./internal/soracom-command";
import type { VirtualPrivateGateway } from "./vpg";

/** The two ends of a peering, and the route tables that lead back to the devices. */
export interface CanalArgs {
  /** The gateway the devices are behind. */
  vpg: VirtualPrivateGateway;
  vpcId: pulumi.Input<string>;
  /** What the devices may reach: the VPC's block. RFC 1918, /16 or smaller. */
  vpcCidr: pulumi.Input<string>;
  /** Region of the VPC. */
  region: pulumi.Input<string>;
  /** Account of the VPC, 12 digits. */
  accountId: pulumi.Input<string>;
  /** Every route table whose subnets hold the endpoint: each needs a route back. */
  routeTableIds: pulumi.Input<string>[];
  /** Tags of the AWS side. Default none. */
  tags?: Record<string, string>;
}

/**
 * SORACOM Canal: the peering of a VPG with a VPC, accepted here, with the route back to the devices.
 *
 * SORACOM is the requester, so AWS keeps an unaccepted request for seven days and then drops it; it is accepted in
 * the same run, after AWS shows it, and the run fails when it does not become active. A peering that ended on the AWS
 * side is found by the routes that lead to it, and the next update makes it again. On top of the VPG's fee Canal's
 * peering may be billed by SORACOM, and AWS bills peering traffic between zones.
 *
 * @example new Canal("site-canal", { vpg, vpcId, vpcCidr: "10.0.0.0/16", region, accountId, routeTableIds })
 */
export class Canal extends pulumi.ComponentResource {
  /** The peering connection's id, `pcx-…`. */
  readonly peeringConnectionId: pulumi.Output<string>;

  constructor(name: string, args: CanalArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Canal", name, {}, opts);
    const { vpg, tags } = args;
    const child = { parent: this };
    const isPreview = pulumi.runtime.isDryRun();

    // Read before the request is made: it would be among them.
    const unaccepted = unacceptedPeerings(args.vpcId, child);
    const request = {
      vpgId: vpg.vpgId,
      peerOwnerId: args.accountId,
      peerRegion: args.region,
      peerVpcId: pulumi.all([args.vpcId, unaccepted]).apply(([vpcId]) => vpcId),
      destinationCidrBlock: args.vpcCidr,
    };
    // Canal has no update operation: every field of the request is replaced with it.
    const peering = soracomCommand(
      `${name}-peering`,
      "peering",
      {
        coverage: vpg.coverage,
        owner: pulumi.interpolate`${vpg.owner}/${name}`,
        ...request,
        // Not a trigger: it holds for one run, and the update after that run creates nothing.
        gone: lostPeerings(args.vpcId, vpg.cidr, child),
      },
      [vpg.commandUrn, args.accountId, args.region, args.vpcId, args.vpcCidr],
      child,
    );
    const requested = field<string>(peering, "peeringConnectionId");
    const shown = isPreview ? requested : requested.apply((id) => untilRequested(id, child));

    const accepter = new aws.ec2.VpcPeeringConnectionAccepter(
      `${name}-accepter`,
      {
        vpcPeeringConnectionId: shown,
        autoAccept: true,
        // A difference, so that the accepter is updated, which accepts what an earlier run recorded only.
        tags: pulumi.all([requested, unaccepted]).apply(async ([id, ids]) => ({
          ...tags,
          Name: name,
          ...((await isLeftUnaccepted(id, ids, child)) && { accept: id }),
        })),
      },
      child,
    );
    // An accepter without effect is no error of the provider's.
    const accepted = isPreview
      ? requested
      : pulumi.all([requested, accepter.acceptStatus]).apply(([id]) => untilActive(id, child));

    args.routeTableIds.forEach((routeTableId, index) => {
      new aws.ec2.Route(
        `${name}-route-${index + 1}`,
        { routeTableId, destinationCidrBlock: vpg.cidr, vpcPeeringConnectionId: accepted },
        // AWS takes a route to a pending peering, but packets then vanish: accept first.
        { parent: this, dependsOn: accepter },
      );
    });

    this.peeringConnectionId = accepted;
    this.registerOutputs({ peeringConnectionId: this.peeringConnectionId });
  }
}
