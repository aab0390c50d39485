import * as pulumi from "@pulumi/pulumi";

import { Canal } from "../components/canal";
import { Canary } from "../components/canary";
import { DeviceDns } from "../components/device-dns";
import { EndpointNetwork } from "../components/endpoint-network";
import { FileStore } from "../components/file-store";
import { FtpServer } from "../components/ftp-server";
import { IdentityProvider } from "../components/identity-provider";
import { Operations } from "../components/operations";
import { SilentDevicesReport } from "../components/silent-devices-report";
import { SimGroup } from "../components/sim-group";
import { SoracomClaim } from "../components/soracom-claim";
import { UploadEvents } from "../components/upload-events";
import { VirtualPrivateGateway } from "../components/vpg";
import { canaryUser } from "../lambdas/canary/user";
import { existingOf } from "./canal-config";
import type { Environment } from "./environment";
import { warnedUsers } from "./initial-users";
import { networkName } from "./network-names";
import type { SiteConfig } from "./site-config";
import { siteOutputs, type SiteOutputs, type SiteParts } from "./site-outputs";

/** A complete site, from the devices' SIMs to the files in S3. Each method creates one component. */
export class Site extends pulumi.ComponentResource {
  readonly outputs: SiteOutputs;
  private readonly owner: string;
  private readonly tags: Record<string, string>;
  private readonly claim?: SoracomClaim;
  /** Of every component. Nothing is created, and so nothing bills, before the claim is in the state. */
  private readonly child: pulumi.ComponentResourceOptions;

  /** @param zones - Availability zones of the network, by name; none for an existing VPC. */
  constructor(
    private readonly name: string,
    private readonly config: SiteConfig,
    private readonly environment: Environment,
    private readonly zones: readonly string[],
  ) {
    super("canal-ftp:index:Site", name, {});
    this.owner = `${pulumi.getProject()}/${config.stack}`;
    this.tags = { ...ownTags(config.stack), environment: config.environment };

    this.claim = this.createClaim();
    this.child = { parent: this, ...(this.claim && { dependsOn: this.claim }) };
    const vpg = this.createVpg();
    const allowedCidr = config.allowedCidr === "vpg" && vpg ? vpg.cidr : config.allowedCidr;
    const network = this.createNetwork(allowedCidr);
    const peering = this.createPeering(vpg, network);
    const files = this.createFileStore();
    const identity = this.createIdentityProvider(files, allowedCidr);
    const ftp = this.createFtpServer(network, identity);
    const uploads = this.createUploadEvents(files, ftp);
    this.createSilentDevicesReport(uploads);
    const canary = this.createCanary(network, identity, ftp);
    const operations = this.createOperations({ identity, ftp, uploads, canary });
    const dns = this.createDeviceDns(network, ftp, allowedCidr);
    const sims = this.createSimGroup(vpg, peering, dns);

    this.outputs = siteOutputs({
      network,
      files,
      identity,
      ftp,
      operations,
      vpg,
      peering,
      sims,
      uploads,
      canary,
      dns,
    });
    this.registerOutputs({ ...this.outputs });
  }

  private createClaim(): SoracomClaim | undefined {
    const { canal } = this.config;
    if (!canal) return undefined;
    const { coverage, soracomOwner } = canal;
    return new SoracomClaim(
      `${this.name}-soracom`,
      {
        coverage,
        prefix: this.owner,
        owner: soracomOwner,
        existing: existingOf(canal),
      },
      { parent: this },
    );
  }

  private createVpg(): VirtualPrivateGateway | undefined {
    const { canal, region } = this.config;
    const { claim } = this;
    if (!canal || !claim) return undefined;
    return new VirtualPrivateGateway(
      `${this.name}-vpg`,
      {
        coverage: canal.coverage,
        vpgId: canal.vpgId,
        deviceCidr: canal.deviceCidr,
        region,
        owner: claim.owner,
        tags: this.tags,
      },
      { ...this.child, protect: this.environment.protect },
    );
  }

  private createNetwork(allowedCidr: pulumi.Input<string>): EndpointNetwork {
    return new EndpointNetwork(
      networkName(this.name),
      {
        allowedCidr,
        cidr: this.config.vpcCidr,
        availabilityZoneNames: [...this.zones],
        existing: this.config.existingVpc,
        protect: this.environment.protect,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createPeering(
    vpg: VirtualPrivateGateway | undefined,
    network: EndpointNetwork,
  ): Canal | undefined {
    if (!vpg) return undefined;
    return new Canal(
      `${this.name}-canal`,
      {
        vpg: vpg.connection,
        vpcId: network.vpcId,
        vpcCidr: network.cidr,
        region: this.config.region,
        routeTableIds: network.routeTableIds,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createFileStore(): FileStore {
    const { bucketName, kmsKeyArn, oldVersionDays, expireAfterDays } = this.config;
    return new FileStore(
      `${this.name}-files`,
      {
        bucketName,
        kmsKeyArn,
        oldVersionDays,
        expireAfterDays,
        shortLivedPrefix: this.config.operations.canaryMinutes ? `users/${canaryUser}/` : undefined,
        protect: this.environment.protect,
        forceDestroy: this.environment.forceDestroy,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createIdentityProvider(
    files: FileStore,
    allowedCidr: pulumi.Input<string>,
  ): IdentityProvider {
    return new IdentityProvider(
      `${this.name}-identity`,
      {
        grants: {
          roleArn: files.roleArn,
          bucket: files.bucketName,
          bucketArn: files.bucketArn,
          kmsKeyArn: this.config.kmsKeyArn,
        },
        tableKmsKeyArn: this.config.tableKmsKeyArn,
        allowedCidr,
        type: this.config.identityProvider,
        login: this.config.login,
        users: warnedUsers(this.config.users),
        logRetentionDays: this.config.logRetentionDays,
        protect: this.environment.protect,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createFtpServer(network: EndpointNetwork, identity: IdentityProvider): FtpServer {
    return new FtpServer(
      `${this.name}-ftp`,
      {
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        securityGroupId: network.securityGroupId,
        identity: identity.connection,
        logRetentionDays: this.config.logRetentionDays,
        protect: this.environment.protect,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createUploadEvents(files: FileStore, ftp: FtpServer): UploadEvents | undefined {
    const { uploadEvents, operations, kmsKeyArn, logRetentionDays } = this.config;
    if (!uploadEvents) return undefined;
    return new UploadEvents(
      `${this.name}-uploads`,
      {
        serverId: ftp.serverId,
        probe: operations.canaryMinutes ? canaryUser : undefined,
        bucket: files.bucketName,
        bucketArn: files.bucketArn,
        // A name that needs no quotation marks in Athena.
        databaseName: this.owner.replace(/[^a-z0-9]+/g, "_"),
        kmsKeyArn,
        delaySeconds: this.config.uploadDelaySeconds,
        uploadLogDays: this.config.uploadLogDays,
        logRetentionDays,
        protect: this.environment.protect,
        forceDestroy: this.environment.forceDestroy,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createSilentDevicesReport(uploads: UploadEvents | undefined): void {
    const { operations, kmsKeyArn, logRetentionDays } = this.config;
    if (!operations.silentDevicesReport || !uploads) return;
    new SilentDevicesReport(
      `${this.name}-silence`,
      {
        stack: this.owner,
        databaseName: uploads.databaseName,
        databaseArn: uploads.databaseArn,
        tableArn: uploads.tableArn,
        logBucketName: uploads.logBucketName,
        logBucketArn: uploads.logBucketArn,
        emails: operations.alarmEmails,
        kmsKeyArn,
        logRetentionDays,
        tags: this.tags,
      },
      { parent: this },
    );
  }

  private createCanary(
    network: EndpointNetwork,
    identity: IdentityProvider,
    ftp: FtpServer,
  ): Canary | undefined {
    const minutes = this.config.operations.canaryMinutes;
    if (!minutes) return undefined;
    return new Canary(
      `${this.name}-canary`,
      {
        vpcId: network.vpcId,
        vpcCidr: network.cidr,
        subnetIds: network.subnetIds,
        endpointSecurityGroupId: network.securityGroupId,
        addresses: ftp.privateIps,
        userTable: identity.tableName,
        scryptLn: this.config.login.scryptLn,
        minutes,
        logRetentionDays: this.config.logRetentionDays,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createOperations({
    identity,
    ftp,
    uploads,
    canary,
  }: Pick<SiteParts, "identity" | "ftp" | "uploads" | "canary">): Operations {
    const { alarmEmails, limits, dashboard, budgetUsd } = this.config.operations;
    return new Operations(
      `${this.name}-operations`,
      {
        alarmEmails,
        limits,
        dashboard,
        budgetUsd,
        identityFunctionName: identity.functionName,
        serverId: ftp.serverId,
        serverLogGroupName: ftp.logGroupName,
        canary: canary && { functionName: canary.functionName, minutes: canary.minutes },
        uploads: uploads && {
          functionName: uploads.functionName,
          deadLettersName: uploads.deadLettersName,
        },
        tags: this.tags,
      },
      this.child,
    );
  }

  private createDeviceDns(
    network: EndpointNetwork,
    ftp: FtpServer,
    allowedCidr: pulumi.Input<string>,
  ): DeviceDns | undefined {
    const { deviceName } = this.config;
    if (!deviceName) return undefined;
    return new DeviceDns(
      `${this.name}-dns`,
      {
        deviceName,
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        allowedCidr,
        addresses: ftp.privateIps,
        tags: this.tags,
      },
      this.child,
    );
  }

  private createSimGroup(
    vpg: VirtualPrivateGateway | undefined,
    peering: Canal | undefined,
    dns: DeviceDns | undefined,
  ): SimGroup | undefined {
    const { canal } = this.config;
    if (!canal || !vpg || !peering) return undefined;
    return new SimGroup(
      `${this.name}-sims`,
      {
        vpg: vpg.connection,
        groupId: canal.simGroupId,
        simIds: canal.simIds,
        dnsServers: canal.simGroupId ? undefined : (dns?.resolverIps ?? canal.dnsServers),
        tags: this.tags,
      },
      // SIMs join when the peering is active, and leave before it is deleted.
      { parent: this, dependsOn: peering },
    );
  }
}

/** The tags that mark a resource as the stack's. */
export function ownTags(stack: string): Record<string, string> {
  return { project: pulumi.getProject(), stack };
}
