/**
 * Two FTP servers, one for cameras and one for loggers, each with files and users of its own, in a VPC that is
 * there already. Their devices share one VPG and one peering: both are billed once, and a device chooses its server
 * by the address it dials.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
  registerServer,
  Canal,
  EndpointNetwork,
  type ExistingVpc,
  FileStore,
  FtpServer,
  IdentityProvider,
  initialUser,
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
  vpg,
  vpcId: vpc.vpcId,
  vpcCidr: vpc.cidr,
  region,
  accountId: aws.getCallerIdentityOutput().accountId,
  // A table is named once however many servers are behind it: each needs one way back.
  routeTableIds: vpc.routeTableIds,
  tags,
});

/** One server with files, users and security group of its own. */
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
      roleArn: files.role.arn,
      bucket: files.bucket.id,
      bucketArn: files.bucket.arn,
    },
    allowedCidr: vpg.cidr,
    users: [
      initialUser(`${owner}/${devices}`, {
        name: devices,
        password: config.requireSecret(`${devices}Password`),
      }),
    ],
    tags,
  });
  const server = new FtpServer(`${own}-ftp`, {
    vpcId: network.vpcId,
    subnetIds: network.subnetIds,
    securityGroupId: network.securityGroup.id,
    identity: identity.connection,
    tags,
  });
  registerServer(own, identity, server.server.id);
  return server;
}

const servers = { cameras: serverFor("cameras"), loggers: serverFor("loggers") };

// SIMs come when the way is whole, and leave before it is taken away.
const sims = new SimGroup(`${name}-sims`, { vpg, tags }, { dependsOn: canal });

/** What to type on a device, by what it is. */
export const addresses = Object.fromEntries(
  Object.entries(servers).map(([devices, { privateIps }]) => [devices, privateIps]),
);
/** Put SIMs into it in SORACOM's console, or through its API. */
export const simGroupId = sims.groupId;
