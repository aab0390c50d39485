/**
 * Two FTP servers, one for cameras and one for loggers, each with its own files and users, in an existing VPC. Their
 * devices share one VPG and one peering, so each is billed once; a device selects its server by address.
 */
import * as pulumi from "@pulumi/pulumi";

import {
  Canal,
  EndpointNetwork,
  type ExistingVpc,
  FileStore,
  FtpServer,
  IdentityProvider,
  SimGroup,
  SoracomClaim,
  VirtualPrivateGateway,
} from "canal-ftp/components";

const config = new pulumi.Config();
const vpc = config.requireObject<ExistingVpc>("vpc");
const region = new pulumi.Config("aws").require("region");

const project = pulumi.getProject();
const stack = pulumi.getStack();
const owner = `${project}/${stack}`;
const name = `${project}-${stack}`;
const tags = { project, stack, environment: stack };

const claim = new SoracomClaim(`${name}-soracom`, { coverage: "jp", prefix: owner });
const vpg = new VirtualPrivateGateway(`${name}-vpg`, {
  coverage: "jp",
  region,
  owner: claim.owner,
  tags,
});
const canal = new Canal(`${name}-canal`, {
  vpg: vpg.connection,
  vpcId: vpc.vpcId,
  vpcCidr: vpc.cidr,
  // Each route table once, for any number of servers: it needs one route to the devices.
  routeTableIds: vpc.routeTableIds,
  tags,
});

/** One server with its own files, users and security group. */
function serverFor(devices: string): FtpServer {
  const own = `${name}-${devices}`;
  const network = new EndpointNetwork(`${own}-network`, {
    existing: vpc,
    allowedCidr: vpg.cidr,
    tags,
  });
  const files = new FileStore(`${own}-files`, { tags });
  const identity = new IdentityProvider(`${own}-identity`, {
    grants: {
      roleArn: files.roleArn,
      bucket: files.bucketName,
      bucketArn: files.bucketArn,
    },
    allowedCidr: vpg.cidr,
    users: [{ name: devices, password: config.requireSecret(`${devices}Password`) }],
    tags,
  });
  return new FtpServer(`${own}-ftp`, {
    vpcId: network.vpcId,
    subnetIds: network.subnetIds,
    securityGroupId: network.securityGroupId,
    identity: identity.connection,
    tags,
  });
}

const servers = { cameras: serverFor("cameras"), loggers: serverFor("loggers") };

// SIMs join when the peering is active, and leave before it is deleted.
const sims = new SimGroup(`${name}-sims`, { vpg: vpg.connection, tags }, { dependsOn: canal });

/** The addresses to enter on devices, by kind of device. */
export const addresses = Object.fromEntries(
  Object.entries(servers).map(([devices, { privateIps }]) => [devices, privateIps]),
);
/** Attach SIMs to it in SORACOM's console, or through its API. */
export const simGroupId = sims.groupId;
