import * as pulumi from "@pulumi/pulumi";

import type { Canal } from "../components/canal";
import type { Canary } from "../components/canary";
import type { DeviceDns } from "../components/device-dns";
import type { EndpointNetwork } from "../components/endpoint-network";
import type { FileStore } from "../components/file-store";
import type { FtpServer } from "../components/ftp-server";
import type { IdentityProvider } from "../components/identity-provider";
import type { Operations } from "../components/operations";
import type { SimGroup } from "../components/sim-group";
import type { UploadEvents } from "../components/upload-events";
import type { VirtualPrivateGateway } from "../components/vpg";

/** The components of a site; the optional ones depend on the configuration. */
export interface SiteParts {
  readonly network: EndpointNetwork;
  readonly files: FileStore;
  readonly identity: IdentityProvider;
  readonly ftp: FtpServer;
  readonly operations: Operations;
  readonly vpg?: VirtualPrivateGateway;
  readonly peering?: Canal;
  readonly sims?: SimGroup;
  readonly uploads?: UploadEvents;
  readonly canary?: Canary;
  readonly dns?: DeviceDns;
}

/** The outputs of a deployed site. */
export interface SiteOutputs {
  readonly bucket: pulumi.Output<string>;
  readonly serverId: pulumi.Output<string>;
  /** The endpoint's regional name; 81 characters and more, too long for many devices. */
  readonly endpoint: pulumi.Output<string>;
  /** The endpoint's addresses, for devices that do not accept long names. */
  readonly privateIps: pulumi.Output<string[]>;
  /** The FTP command for a device with a command line. */
  readonly ftpCommand: pulumi.Output<string>;
  readonly userTable: pulumi.Output<string>;
  /** Topic of the alarms: subscribe their recipients. */
  readonly alarmTopicArn: pulumi.Output<string>;
  /** Names of log groups, for `aws logs tail` (docs/operations.md); the last two only if the site has the function. */
  readonly serverLogGroup: pulumi.Output<string>;
  readonly loginLogGroup: pulumi.Output<string>;
  readonly uploadLogGroup?: pulumi.Output<string>;
  readonly canaryLogGroup?: pulumi.Output<string>;
  /** Only with a device name: the name to configure on devices, and the resolvers of the SIM group. */
  readonly deviceName?: pulumi.Output<string>;
  readonly resolverIps?: pulumi.Output<string[]>;
  /** Only with upload events. A redrive needs the ARNs (docs/upload-events.md). */
  readonly uploadQueueArn?: pulumi.Output<string>;
  readonly uploadDeadLettersArn?: pulumi.Output<string>;
  readonly uploadFunction?: pulumi.Output<string>;
  readonly uploadLogBucket?: pulumi.Output<string>;
  /** Database of Athena's table `uploads`. */
  readonly uploadDatabase?: pulumi.Output<string>;
  /** Only with Canal; `canal-ftp status` compares them with SORACOM and AWS. */
  readonly soracomOwner?: pulumi.Output<string>;
  readonly vpcId?: pulumi.Output<string>;
  readonly routeTableIds?: pulumi.Output<string[]>;
  readonly vpgId?: pulumi.Output<string>;
  readonly peeringConnectionId?: pulumi.Output<string>;
  readonly simGroupId?: pulumi.Output<string>;
}

/** The outputs of a site, from its components. */
export function siteOutputs(parts: SiteParts): SiteOutputs {
  const { files, ftp, identity, operations, canary, dns, uploads } = parts;
  const endpoint = ftp.dnsNames.apply((names) => names[0]);
  return {
    bucket: files.bucketName,
    serverId: ftp.serverId,
    endpoint,
    privateIps: ftp.privateIps,
    ftpCommand: pulumi.interpolate`ftp -p ${endpoint}`,
    userTable: identity.tableName,
    alarmTopicArn: operations.topicArn,
    serverLogGroup: ftp.logGroupName,
    loginLogGroup: identity.logGroupName,
    ...(canary && { canaryLogGroup: canary.logGroupName }),
    ...(dns && { deviceName: dns.deviceName, resolverIps: dns.resolverIps }),
    ...(uploads && {
      uploadQueueArn: uploads.queueArn,
      uploadDeadLettersArn: uploads.deadLettersArn,
      uploadFunction: uploads.functionName,
      uploadLogGroup: uploads.logGroupName,
      uploadLogBucket: uploads.logBucketName,
      uploadDatabase: uploads.databaseName,
    }),
    ...soracomOutputs(parts),
  };
}

function soracomOutputs({ network, vpg, peering, sims }: SiteParts): Partial<SiteOutputs> {
  if (!vpg || !peering || !sims) return {};
  return {
    soracomOwner: vpg.owner,
    vpcId: pulumi.output(network.vpcId),
    routeTableIds: pulumi.all(network.routeTableIds),
    vpgId: vpg.vpgId,
    peeringConnectionId: peering.peeringConnectionId,
    simGroupId: sims.groupId,
  };
}
