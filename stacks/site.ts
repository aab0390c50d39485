import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUpAccount } from "../components/account";
import { Canal } from "../components/canal";
import { Canary } from "../components/canary";
import { DeviceDns } from "../components/device-dns";
import { EndpointNetwork } from "../components/endpoint-network";
import { FileStore } from "../components/file-store";
import { FtpServer } from "../components/ftp-server";
import { registerServer, IdentityProvider } from "../components/identity-provider";
import { Operations } from "../components/operations";
import { SimGroup } from "../components/sim-group";
import { UploadEvents } from "../components/upload-events";
import { VirtualPrivateGateway } from "../components/vpg";
import { canaryUser } from "../lambdas/canary/user";
import type { Environment } from "./environment";
import { initialUsers } from "./initial-users";
import type { SiteConfig } from "./site-config";

/** What an operator needs to know of a deployed site. */
export interface SiteOutputs {
  readonly bucket: pulumi.Output<string>;
  readonly serverId: pulumi.Output<string>;
  /** The endpoint's regional name; 81 characters and more, too long for many devices. */
  readonly endpoint: pulumi.Output<string>;
  /** The endpoint's addresses: what to type on a device that takes no long name. */
  readonly privateIps: pulumi.Output<string[]>;
  /** What to type on a device that has a command line. */
  readonly ftpCommand: pulumi.Output<string>;
  readonly userTable: pulumi.Output<string>;
  /** Topic of the alarms: subscribe what shall receive them. */
  readonly alarmTopicArn: pulumi.Output<string>;
  /** Names of log groups, for `aws logs tail` (docs/operations.md); the last two only where there is such a function. */
  readonly serverLogGroup: pulumi.Output<string>;
  readonly loginLogGroup: pulumi.Output<string>;
  readonly uploadLogGroup?: pulumi.Output<string>;
  readonly canaryLogGroup?: pulumi.Output<string>;
  /** These only with a device name: what to type on a device, and the resolvers its SIM group has. */
  readonly deviceName?: pulumi.Output<string>;
  readonly resolverIps?: pulumi.Output<string[]>;
  /** These only with upload events. ARNs are what a redrive asks for (docs/upload-events.md). */
  readonly uploadQueueArn?: pulumi.Output<string>;
  readonly uploadDeadLettersArn?: pulumi.Output<string>;
  readonly uploadFunction?: pulumi.Output<string>;
  readonly uploadLogBucket?: pulumi.Output<string>;
  /** What Athena reads the table `uploads` from. */
  readonly uploadDatabase?: pulumi.Output<string>;
  /** These only with Canal; `canal-ftp status` compares them with SORACOM and AWS. */
  readonly vpcId?: pulumi.Output<string>;
  readonly routeTableIds?: pulumi.Output<string[]>;
  readonly vpgId?: pulumi.Output<string>;
  readonly peeringConnectionId?: pulumi.Output<string>;
  readonly simGroupId?: pulumi.Output<string>;
}

/** One whole site: from the devices' SIMs to the files in S3. */
export class Site extends pulumi.ComponentResource {
  readonly outputs: SiteOutputs;

  constructor(name: string, config: SiteConfig, environment: Environment) {
    super("canal-ftp:index:Site", name, {});
    const { canal, region, logRetentionDays } = config;
    const { protect, forceDestroy } = environment;
    const child = { parent: this };
    const owner = `${pulumi.getProject()}/${config.stack}`;
    const tags = {
      project: pulumi.getProject(),
      stack: config.stack,
      environment: config.environment,
    };

    const vpg =
      canal &&
      new VirtualPrivateGateway(
        `${name}-vpg`,
        { ...canal, region, owner, tags },
        { ...child, protect },
      );
    const allowedCidr = config.allowedCidr === "vpg" && vpg ? vpg.cidr : config.allowedCidr;

    const network = new EndpointNetwork(
      `${name}-network`,
      {
        allowedCidr,
        cidr: config.vpcCidr,
        availabilityZones: config.availabilityZones,
        existing: config.existingVpc,
        protect,
        tags,
      },
      child,
    );
    const peering =
      vpg &&
      new Canal(
        `${name}-canal`,
        {
          vpg,
          vpcId: network.vpcId,
          vpcCidr: network.cidr,
          region,
          accountId: lookUpAccount(this).accountId,
          routeTableIds: network.routeTableIds,
          tags,
        },
        child,
      );

    const { bucketName, kmsKeyArn, oldVersionDays, expireAfterDays } = config;
    const files = new FileStore(
      `${name}-files`,
      {
        bucketName,
        kmsKeyArn,
        oldVersionDays,
        expireAfterDays,
        protect,
        forceDestroy,
        tags,
      },
      child,
    );
    const identity = new IdentityProvider(
      `${name}-identity`,
      {
        grants: {
          roleArn: files.role.arn,
          bucket: files.bucket.id,
          bucketArn: files.bucket.arn,
          kmsKeyArn,
        },
        allowedCidr,
        type: config.identityProvider,
        login: config.login,
        users: initialUsers(owner, config.users),
        logRetentionDays,
        protect,
        tags,
      },
      child,
    );
    const ftp = new FtpServer(
      `${name}-ftp`,
      {
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        securityGroupId: network.securityGroup.id,
        identity: identity.connection,
        logRetentionDays,
        protect,
        tags,
      },
      child,
    );
    registerServer(`${name}-identity`, identity, ftp.server.id);
    const uploads =
      config.uploadEvents &&
      new UploadEvents(
        `${name}-uploads`,
        {
          serverId: ftp.server.id,
          probe: config.operations.canaryMinutes ? canaryUser : undefined,
          bucket: files.bucket.id,
          bucketArn: files.bucket.arn,
          // What Athena takes without quotation marks.
          databaseName: owner.replace(/[^a-z0-9]+/g, "_"),
          kmsKeyArn,
          uploadLogDays: config.uploadLogDays,
          logRetentionDays,
          protect,
          forceDestroy,
          tags,
        },
        child,
      );
    const { canaryMinutes, ...operations } = config.operations;
    const canary =
      canaryMinutes &&
      new Canary(
        `${name}-canary`,
        {
          vpcId: network.vpcId,
          vpcCidr: network.cidr,
          subnetIds: network.subnetIds,
          endpointSecurityGroupId: network.securityGroup.id,
          addresses: ftp.privateIps,
          userTable: identity.table,
          minutes: canaryMinutes,
          logRetentionDays,
          tags,
        },
        child,
      );
    const watch = new Operations(
      `${name}-operations`,
      {
        ...operations,
        identityFunction: identity.function,
        server: ftp.server,
        serverLog: ftp.logGroup,
        canary: canary ? { function: canary.function, minutes: canary.minutes } : undefined,
        uploads: uploads || undefined,
        tags,
      },
      child,
    );
    const dns =
      config.deviceName &&
      new DeviceDns(
        `${name}-dns`,
        {
          deviceName: config.deviceName,
          vpcId: network.vpcId,
          subnetIds: network.subnetIds,
          allowedCidr,
          addresses: ftp.privateIps,
          tags,
        },
        child,
      );
    let soracom: Partial<SiteOutputs> = {};
    if (vpg && peering) {
      const sims = new SimGroup(
        `${name}-sims`,
        {
          vpg,
          owner,
          simIds: canal.simIds,
          dnsServers: dns ? dns.resolverIps : canal.dnsServers,
          tags,
        },
        // SIMs come when the way is whole, and leave before it is taken away.
        { ...child, dependsOn: peering },
      );
      soracom = {
        vpcId: pulumi.output(network.vpcId),
        routeTableIds: pulumi.all(network.routeTableIds),
        vpgId: vpg.vpgId,
        peeringConnectionId: peering.peeringConnectionId,
        simGroupId: sims.groupId,
      };
    }

    const endpoint = ftp.dnsNames.apply((names) => names[0]);
    this.outputs = {
      bucket: files.bucket.id,
      serverId: ftp.server.id,
      endpoint,
      privateIps: ftp.privateIps,
      ftpCommand: pulumi.interpolate`ftp -p ${endpoint}`,
      userTable: identity.table.name,
      alarmTopicArn: watch.topic.arn,
      serverLogGroup: ftp.logGroup.name,
      loginLogGroup: logGroupOf(identity.function),
      ...(canary && { canaryLogGroup: logGroupOf(canary.function) }),
      ...(dns && { deviceName: pulumi.output(config.deviceName), resolverIps: dns.resolverIps }),
      ...(uploads && {
        uploadQueueArn: uploads.queue.arn,
        uploadDeadLettersArn: uploads.deadLetters.arn,
        uploadFunction: uploads.function.name,
        uploadLogGroup: logGroupOf(uploads.function),
        uploadLogBucket: uploads.logBucket.id,
        uploadDatabase: uploads.database.name,
      }),
      ...soracom,
    };
    this.registerOutputs({ ...this.outputs });
  }
}

/** The log group that a function of ours was given: Lambda's own choice would be kept for ever. */
function logGroupOf({ loggingConfig }: aws.lambda.Function): pulumi.Output<string> {
  return loggingConfig.logGroup.apply((name) => name ?? "");
}
