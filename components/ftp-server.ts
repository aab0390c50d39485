import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { serverItem } from "../lambdas/identity-provider/stores/user-record";
import { readEndpoint } from "./internal/endpoint-addresses";
import { fieldsOf } from "./internal/fields-of";
import { connectionFields, type IdentityConnection, userTableKey } from "./identity-provider";
import { type InputTags, named } from "./internal/tags";

/** The server's network and identity provider. */
export interface FtpServerArgs {
  /** Id of the VPC, `vpc-…`. */
  vpcId: pulumi.Input<string>;
  /** Ids of one to three subnets, each in another zone; the endpoint gets one private address in each. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Id of the endpoint's security group, `sg-…`; without one AWS would attach the VPC's default group. */
  securityGroupId: pulumi.Input<string>;
  /** The identity provider's connection: the output of that name. */
  identity: pulumi.Input<IdentityConnection>;
  /** Days the server's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Protect the server from deletion and replacement: another server has other addresses. Default false. */
  protect?: boolean;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/**
 * AWS Transfer Family serving plain FTP on private addresses of a VPC, to users of a custom identity provider.
 *
 * About USD 219 a month (USD 0.30 an hour for the protocol), also while it is stopped; only deleting it ends the
 * bill. In addition, USD 0.04 per GB in and out. There is no login banner, which some devices cannot parse.
 *
 * @example new FtpServer("site-server", { vpcId, subnetIds, securityGroupId, identity: provider.connection })
 */
export class FtpServer extends pulumi.ComponentResource {
  /** Id of the server, `s-…`. */
  readonly serverId: pulumi.Output<string>;
  /** Name of the server's log group. */
  readonly logGroupName: pulumi.Output<string>;
  /** Names of the endpoint, the regional one first. The server's own `endpoint` does not resolve for a VPC server. */
  readonly dnsNames: pulumi.Output<string[]>;
  /** Private IPv4 addresses, one for each subnet, in ascending order. */
  readonly privateIps: pulumi.Output<string[]>;

  constructor(name: string, args: FtpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    const identity = fieldsOf(args.identity, connectionFields);
    super("canal-ftp:index:FtpServer", name, { ...args, identity }, opts);
    const { tags } = args;

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { retentionInDays: args.logRetentionDays ?? 90, tags },
      { parent: this },
    );
    const server = new aws.transfer.Server(
      `${name}-server`,
      {
        protocols: ["FTP"],
        endpointType: "VPC",
        endpointDetails: {
          vpcId: args.vpcId,
          subnetIds: args.subnetIds,
          securityGroupIds: [args.securityGroupId],
        },
        identityProviderType: identity.type,
        url: identity.url,
        invocationRole: identity.invocationRole,
        function: identity.function,
        // Folders then need no marker objects. The API's default is DISABLED, the console's ENABLED.
        s3StorageOptions: { directoryListingOptimization: "ENABLED" },
        structuredLogDestinations: [pulumi.interpolate`${logGroup.arn}:*`],
        tags: named(tags, name),
      },
      { parent: this, protect: args.protect },
    );

    this.serverId = server.id;
    this.logGroupName = logGroup.name;
    if (identity.userTable !== undefined) this.register(name, identity.userTable);

    const endpoint = pulumi
      .all([server.id, server.endpointDetails, args.subnetIds])
      .apply(([id, details, subnetIds]) =>
        readEndpoint(id, details?.vpcEndpointId, subnetIds.length, { parent: this }),
      );
    this.dnsNames = endpoint.apply(({ dnsNames }) => dnsNames);
    this.privateIps = endpoint.apply(({ addresses }) => addresses);

    this.registerOutputs({
      serverId: this.serverId,
      logGroupName: this.logGroupName,
      dnsNames: this.dnsNames,
      privateIps: this.privateIps,
    });
  }

  /** The record without which the identity provider refuses logins of this server; the function exists before it. */
  private register(name: string, tableName: pulumi.Input<string>): void {
    new aws.dynamodb.TableItem(
      `${name}-registration`,
      {
        tableName,
        hashKey: userTableKey,
        item: this.serverId.apply((id) => JSON.stringify(serverItem(id))),
      },
      { parent: this },
    );
  }
}
