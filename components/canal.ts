import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUpAccount } from "./internal/account";
import { fieldsOf } from "./internal/fields-of";
import { lostPeerings, replacesTag } from "./internal/lost-peering";
import {
  isLeftUnaccepted,
  unacceptedPeerings,
  untilActive,
  untilRequested,
} from "./internal/peering-acceptance";
import { field, soracomCommand } from "./internal/soracom-command";
import { type InputTags } from "./internal/tags";
import { type VpgConnection, vpgFields } from "./vpg";

/** The two ends of a peering, and the route tables that lead back to the devices. */
export interface CanalArgs {
  /** The gateway of the devices: its output `connection`. */
  vpg: pulumi.Input<VpgConnection>;
  /** Id of the VPC, `vpc-…`. */
  vpcId: pulumi.Input<string>;
  /** The VPC's block, which the devices can reach. RFC 1918, /16 or smaller. */
  vpcCidr: pulumi.Input<string>;
  /** Region of the VPC. Default: the AWS provider's. */
  region?: pulumi.Input<string>;
  /** Account of the VPC, 12 digits. Default: the AWS provider's. */
  accountId?: pulumi.Input<string>;
  /** Ids of the route tables of all subnets of the endpoint: each gets a route to the devices. */
  routeTableIds: pulumi.Input<string>[];
  /** Tags of the AWS side. Default none. */
  tags?: InputTags;
}

/**
 * SORACOM Canal: the peering of a VPG with a VPC, accepted here, with the route back to the devices.
 *
 * SORACOM is the requester, so AWS keeps an unaccepted request for seven days and then drops it; it is accepted in
 * the same run, after AWS shows it, and the run fails when it does not become active. A peering that ended on the AWS
 * side is found by its routes, and the next update creates another. SORACOM may bill the peering in addition to the
 * VPG, and AWS bills peering traffic between zones.
 *
 * @example new Canal("site-canal", { vpg: vpg.connection, vpcId, vpcCidr: "10.0.0.0/16", routeTableIds })
 */
export class Canal extends pulumi.ComponentResource {
  /** The peering connection's id, `pcx-…`. */
  readonly peeringConnectionId: pulumi.Output<string>;

  constructor(name: string, args: CanalArgs, opts?: pulumi.ComponentResourceOptions) {
    const vpg = fieldsOf(args.vpg, vpgFields);
    super("canal-ftp:index:Canal", name, { ...args, vpg }, opts);
    const child = { parent: this };
    const own = lookUpAccount(this);
    const { region = own.region, accountId = own.accountId } = args;
    const isPreview = pulumi.runtime.isDryRun();

    // Read before the request is made, which the list would otherwise contain.
    const unaccepted = unacceptedPeerings(args.vpcId, child);
    const request = {
      vpgId: vpg.vpgId,
      peerOwnerId: accountId,
      peerRegion: region,
      peerVpcId: pulumi.all([args.vpcId, unaccepted]).apply(([vpcId]) => vpcId),
      destinationCidrBlock: args.vpcCidr,
    };
    // Not a trigger: the driver removes them at SORACOM, and requests another peering.
    const gone = lostPeerings(args.vpcId, vpg.cidr, child);
    // Canal has no update operation: a change of any field replaces the request.
    const peering = soracomCommand(
      `${name}-peering`,
      "peering",
      {
        coverage: vpg.coverage,
        owner: pulumi.interpolate`${vpg.owner}/${name}`,
        ...request,
        gone,
      },
      [vpg.commandUrn, accountId, region, args.vpcId, args.vpcCidr],
      child,
    );
    const requested = field<string>(peering, "peeringConnectionId");
    const shown = isPreview ? requested : requested.apply((id) => untilRequested(id, child));

    const accepter = new aws.ec2.VpcPeeringConnectionAccepter(
      `${name}-accepter`,
      {
        vpcPeeringConnectionId: shown,
        autoAccept: true,
        // A changed tag updates the accepter, which then accepts a peering that an earlier run only recorded.
        tags: pulumi
          .all([requested, unaccepted, gone, args.tags])
          .apply(async ([id, ids, replaced, tags]) => ({
            ...tags,
            Name: name,
            ...(replaced && { [replacesTag]: replaced.join(" ") }),
            ...((await isLeftUnaccepted(id, ids, child)) && { accept: id }),
          })),
      },
      child,
    );
    // The provider reports no error when the acceptance had no effect.
    const accepted = isPreview
      ? requested
      : pulumi.all([requested, accepter.acceptStatus]).apply(([id]) => untilActive(id, child));

    args.routeTableIds.forEach((routeTableId, index) => {
      new aws.ec2.Route(
        `${name}-route-${index + 1}`,
        { routeTableId, destinationCidrBlock: vpg.cidr, vpcPeeringConnectionId: accepted },
        // AWS accepts a route to a pending peering but drops its packets, so the peering is accepted first.
        { parent: this, dependsOn: accepter },
      );
    });

    this.peeringConnectionId = accepted;
    this.registerOutputs({ peeringConnectionId: this.peeringConnectionId });
  }
}
