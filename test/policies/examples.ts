import type { CheckedResource } from "../../policies/rules/rule";

type Example = Partial<CheckedResource>;

const statement = (fields: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...fields }] });

const rule = (properties: object): Example => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  properties: {
    ipProtocol: "tcp",
    fromPort: 21,
    toPort: 21,
    cidrIpv4: "100.64.0.0/10",
    ...properties,
  },
});
/** A rule that lets a group in: only the whole stack shows whose it is. */
export const callerRule = (properties: object): Example =>
  rule({ cidrIpv4: undefined, referencedSecurityGroupId: "sg-canary", ...properties });
const egressRule = (properties: object): Example => ({
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  properties: {
    ipProtocol: "tcp",
    fromPort: 21,
    toPort: 21,
    referencedSecurityGroupId: "sg-endpoint",
    ...properties,
  },
});
export const group = (properties: Record<string, unknown>): Example => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  properties,
});
const route = (properties: Record<string, unknown>): Example => ({
  type: "aws:ec2/route:Route",
  properties,
});
const vpc = (properties: object): Example => ({
  type: "awsx:ec2:Vpc",
  properties: {
    subnetSpecs: [{ type: "Isolated" }],
    natGateways: { strategy: "None" },
    tags: { project: "p", stack: "prod", environment: "prod" },
    ...properties,
  },
  protect: true,
});
const server = (properties: object): Example => ({
  type: "aws:transfer/server:Server",
  properties: {
    protocols: ["FTP"],
    endpointType: "VPC",
    endpointDetails: { securityGroupIds: ["sg-1"] },
    ...properties,
  },
});
const role = (fields: object): Example => ({
  type: "aws:iam/role:Role",
  properties: { assumeRolePolicy: statement({ Action: "sts:AssumeRole", ...fields }) },
});
const permissions = (fields: object): Example => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  properties: { policy: statement(fields) },
});
const table = (properties: object, protect = true): Example => ({
  type: "aws:dynamodb/table:Table",
  protect,
  properties: {
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true },
    tags: { environment: "prod" },
    ...properties,
  },
});
const gateway = (environment: string, protect: boolean): Example => ({
  type: "command:local:Command",
  protect,
  properties: {
    interpreter: ["node", "soracom/main.ts"],
    create: "vpg ensure",
    environment: { CANAL_FTP_SPEC: JSON.stringify({ tags: { environment } }) },
  },
});
const confused = {
  StringEquals: { "aws:SourceAccount": "123456789012" },
  ArnLike: { "aws:sourcearn": "arn:aws:transfer:ap-northeast-1:123456789012:user/*" },
};
const transfer = { Service: "transfer.amazonaws.com" };

/** For each rule, resources that break it and the sentence the rule reports. */
export const violations: Record<string, [message: string, example: Example][]> = {
  "ingress-from-devices-only": [
    ["lets in 0.0.0.0/0, which is not inside 100.64.0.0/10", rule({ cidrIpv4: "0.0.0.0/0" })],
    ["lets in 100.0.0.0/8, which is not inside 100.64.0.0/10", rule({ cidrIpv4: "100.0.0.0/8" })],
    [
      "lets in ::/0, which is not inside 100.64.0.0/10",
      rule({ cidrIpv4: undefined, cidrIpv6: "::/0" }),
    ],
    [
      "lets in sg-1, which is not inside 100.64.0.0/10",
      group({ ingress: [{ protocol: "tcp", fromPort: 21, toPort: 21, securityGroups: ["sg-1"] }] }),
    ],
    [
      "lets in sg-1, which is not inside 100.64.0.0/10",
      {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        properties: {
          type: "ingress",
          protocol: "tcp",
          fromPort: 21,
          toPort: 21,
          sourceSecurityGroupId: "sg-1",
        },
      },
    ],
    ["lets in tcp 22-22, not FTP's ports", callerRule({ fromPort: 22, toPort: 22 })],
    [
      "lets in 10.0.0.0/16, which is not inside 100.64.0.0/10",
      rule({ cidrIpv4: "10.0.0.0/16", ipProtocol: "udp", fromPort: 53, toPort: 53 }),
    ],
    ["lets in udp 53-54, not FTP's ports", rule({ ipProtocol: "udp", fromPort: 53, toPort: 54 })],
    ["lets in tcp 22-22, not FTP's ports", rule({ fromPort: 22, toPort: 22 })],
    ["lets in tcp 8192-8201, not FTP's ports", rule({ fromPort: 8192, toPort: 8201 })],
    ["lets in udp 21-21, not FTP's ports", rule({ ipProtocol: "udp" })],
    [
      "lets in -1 undefined-undefined, not FTP's ports",
      rule({ ipProtocol: "-1", fromPort: undefined, toPort: undefined }),
    ],
    [
      "lets in itself, which is not inside 100.64.0.0/10",
      group({ ingress: [{ protocol: "tcp", fromPort: 21, toPort: 21, self: true }] }),
    ],
  ],
  "no-way-to-the-internet": [
    ["has a route to gatewayId igw-1", route({ gatewayId: "igw-1" })],
    ["has a route to natGatewayId nat-1", route({ natGatewayId: "nat-1" })],
    [
      "has a route to gatewayId igw-1",
      { type: "aws:ec2/routeTable:RouteTable", properties: { routes: [{ gatewayId: "igw-1" }] } },
    ],
    ["is a NAT gateway", { type: "aws:ec2/natGateway:NatGateway" }],
    [
      "gives public addresses",
      { type: "aws:ec2/subnet:Subnet", properties: { mapPublicIpOnLaunch: true } },
    ],
    ["has Public subnets", vpc({ subnetSpecs: [{ type: "Public" }] })],
    ["names none of its subnets", vpc({ subnetSpecs: undefined })],
    ["has NAT gateways", vpc({ natGateways: undefined })],
    [
      "lets connections out, which no part of this needs",
      group({ egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }),
    ],
    ...[
      { ipProtocol: "-1", fromPort: undefined, toPort: undefined },
      { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
      { referencedSecurityGroupId: undefined, cidrIpv6: "::/0" },
      { referencedSecurityGroupId: undefined, prefixListId: "pl-1" },
      { fromPort: 22, toPort: 22 },
      { fromPort: 21, toPort: 8200 },
      { ipProtocol: "udp" },
    ].map((properties): [string, Example] => [
      "lets connections out, which no part of this needs",
      egressRule(properties),
    ]),
  ],
  "ftp-inside-the-vpc-only": [
    ["speaks SFTP, not FTP only", server({ protocols: ["SFTP"] })],
    ["speaks FTP, SFTP, not FTP only", server({ protocols: ["FTP", "SFTP"] })],
    ["speaks SFTP (the default), not FTP only", server({ protocols: undefined })],
    ["has an endpoint of type PUBLIC", server({ endpointType: undefined })],
    [
      "has public addresses",
      server({
        endpointDetails: { addressAllocationIds: ["eipalloc-1"], securityGroupIds: ["sg-1"] },
      }),
    ],
    ["has the VPC's default security group, since it names none", server({ endpointDetails: {} })],
  ],
  "bucket-settings": [
    [
      "leaves restrictPublicBuckets off",
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        properties: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true },
      },
    ],
    [
      "does not keep versions, and devices reuse file names",
      {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        properties: { versioningConfiguration: { status: "Suspended" } },
      },
    ],
    [
      "lets everybody in",
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        properties: { policy: statement({ Principal: { AWS: "*" }, Action: "s3:GetObject" }) },
      },
    ],
    ["is public-read", { type: "aws:s3/bucketAcl:BucketAcl", properties: { acl: "public-read" } }],
  ],
  "trust-names-account-and-source": [
    [
      "trusts transfer.amazonaws.com without aws:SourceAccount and aws:SourceArn",
      role({ Principal: transfer }),
    ],
    [
      "trusts transfer.amazonaws.com without aws:SourceArn",
      role({ Principal: transfer, Condition: { StringEquals: confused.StringEquals } }),
    ],
    [
      "trusts transfer.amazonaws.com without aws:SourceArn",
      role({
        Principal: transfer,
        Condition: { ...confused, ArnLike: { "aws:SourceArn": "*" } },
      }),
    ],
    ["can be assumed by everybody", role({ Principal: { AWS: "*" } })],
    [
      "lets any resource of apigateway.amazonaws.com call the function",
      {
        type: "aws:lambda/permission:Permission",
        properties: { principal: "apigateway.amazonaws.com" },
      },
    ],
  ],
  "no-wildcard-permissions": [
    ["allows s3:*", permissions({ Action: "s3:*", Resource: "arn:aws:s3:::b" })],
    ["allows *", permissions({ Action: ["*"], Resource: "arn:aws:s3:::b" })],
    ["allows resource *", permissions({ Action: "s3:GetObject", Resource: "*" })],
    [
      "allows resource arn:aws:s3:::*",
      permissions({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" }),
    ],
    [
      "allows resource *",
      permissions({ Action: ["cloudwatch:PutMetricData", "s3:GetObject"], Resource: "*" }),
    ],
    [
      "allows everything but what it names",
      permissions({ NotAction: "iam:PassRole", Resource: "arn:aws:s3:::b" }),
    ],
  ],
  "log-retention": [
    ["keeps its logs for ever", { type: "aws:cloudwatch/logGroup:LogGroup" }],
    [
      "keeps its logs for ever",
      { type: "aws:cloudwatch/logGroup:LogGroup", properties: { retentionInDays: 0 } },
    ],
    ["names no log group of the stack", { type: "aws:lambda/function:Function" }],
  ],
  "no-plain-secret": [
    ["has a password hash in plain in item", { properties: { item: '{"h":"$scrypt$ln=14$…"}' } }],
    [
      "has an AWS access key id in plain in a.b",
      { properties: { a: { b: "AKIAABCDEFGHIJKLMNOP" } } },
    ],
    [
      "has a SORACOM auth key in plain in environment.K",
      { properties: { environment: { K: `secret-${"a1".repeat(20)}` } } },
    ],
    [
      "has a private key in plain in pem",
      { properties: { pem: "-----BEGIN RSA PRIVATE KEY-----\nMII" } },
    ],
    [
      "has a secret by its name in plain in environment.variables.DB_PASSWORD",
      { properties: { environment: { variables: { DB_PASSWORD: "hunter2" } } } },
    ],
  ],
  "prod-is-kept": [
    ["is not protected", table({}, false)],
    ["has no deletion protection", table({ deletionProtectionEnabled: false })],
    ["has no point-in-time recovery", table({ pointInTimeRecovery: undefined })],
    [
      "can be destroyed with the files in it",
      {
        type: "aws:s3/bucket:Bucket",
        protect: true,
        properties: { forceDestroy: true, tags: { environment: "prod" } },
      },
    ],
    ["is not protected", gateway("prod", false)],
    ["is not protected", { ...vpc({}), protect: false }],
  ],
  "budget-tags": [
    ["has no tag environment", { ...server({ tags: { project: "p", stack: "dev" } }) }],
  ],
};

/** For each rule, resources that keep it though they are near to breaking it. */
export const good: Record<string, Example[]> = {
  "ingress-from-devices-only": [
    rule({}),
    rule({ cidrIpv4: "100.64.5.0/24", fromPort: 8192, toPort: 8200 }),
    callerRule({ fromPort: 8192, toPort: 8200 }),
    rule({ ipProtocol: "udp", fromPort: 53, toPort: 53 }),
    rule({ ipProtocol: "tcp", fromPort: 53, toPort: 53 }),
    group({ ingress: [], egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }),
    { type: "aws:ec2/securityGroupRule:SecurityGroupRule", properties: { type: "egress" } },
  ],
  "no-way-to-the-internet": [
    route({ vpcPeeringConnectionId: "pcx-1" }),
    route({ gatewayId: "vpce-1" }),
    vpc({}),
    group({ egress: [] }),
    egressRule({}),
    egressRule({ fromPort: 8192, toPort: 8200 }),
    { type: "aws:ec2/internetGateway:InternetGateway" },
    { type: "awsx:ec2:Vpc" },
  ],
  "ftp-inside-the-vpc-only": [server({}), { type: "aws:transfer/user:User" }],
  "bucket-settings": [
    { type: "aws:s3/bucket:Bucket", properties: { acl: "private" } },
    { type: "aws:s3/bucket:Bucket" },
  ],
  "trust-names-account-and-source": [
    role({ Principal: transfer, Condition: confused }),
    role({ Principal: { Service: "lambda.amazonaws.com" } }),
  ],
  "no-wildcard-permissions": [
    permissions({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }),
    permissions({ Effect: "Deny", Action: "*", Resource: "*" }),
    permissions({ Action: "cloudwatch:PutMetricData", Resource: "*" }),
    permissions({ Action: "s3:Get*", Resource: "arn:aws:s3:::b" }),
  ],
  "log-retention": [
    { type: "aws:cloudwatch/logGroup:LogGroup", properties: { retentionInDays: 14 } },
    { type: "aws:lambda/function:Function", properties: { loggingConfig: { logGroup: "g" } } },
  ],
  "no-plain-secret": [
    { properties: { item: '{"h":"$scrypt$ln=14$…"}' }, secrets: ["item"] },
    { properties: { environment: { variables: { FTP_PASSWORD: "x" } } }, secrets: ["environment"] },
    { properties: { passwordPolicy: "long", secretArn: "arn:aws:secretsmanager:::secret:x" } },
    { properties: { code: { text: "-----BEGIN PRIVATE KEY-----" } } },
  ],
  "prod-is-kept": [
    table({}),
    table({ deletionProtectionEnabled: false, tags: { environment: "dev" } }, false),
    gateway("prod", true),
    gateway("dev", false),
  ],
  "budget-tags": [
    server({ tags: { project: "p", stack: "dev", environment: "dev" } }),
    { type: "aws:iam/rolePolicy:RolePolicy" },
  ],
  "bucket-complete": [
    { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", properties: { bucket: "b" } },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      properties: { bucket: "b" },
    },
    { type: "aws:s3/bucketVersioning:BucketVersioning", properties: { bucket: "b" } },
    {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      properties: {
        bucket: "b",
        policy: statement({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
    },
  ],
};
