/**
 * Stand-in for `aws`, of the commands `npm run verify` uses, and for Transfer Family's TestIdentityProvider. The
 * documents are those of the API reference, as the AWS CLI prints them:
 *
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedServer.html
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_TestIdentityProvider.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 * - https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 */
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import type { RunTool } from "../../../cli/core/tool";
import { printing } from "../core/support";
import type { Cloud } from "../core/cloud";

export const ACCOUNT = "123456789012";
export const SERVER = "s-0123456789abcdef0";
export const BUCKET = "canal-ftp-dev-files";
const SERVER_ARN = `arn:aws:transfer:ap-northeast-1:${ACCOUNT}:server/${SERVER}`;

const trust = (resource: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "transfer.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": ACCOUNT },
        ArnLike: { "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:${ACCOUNT}:${resource}/*` },
      },
    },
  ],
});

const allow = (Action: string[], Resource: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

/** What AWS says, operation by operation, to be changed by tests; a text is an error of that code. */
export function documents(vpcId: string) {
  return {
    "transfer describe-server": {
      Server: {
        Arn: SERVER_ARN,
        ServerId: SERVER,
        State: "ONLINE",
        Protocols: ["FTP"],
        EndpointType: "VPC",
        EndpointDetails: {
          VpcEndpointId: "vpce-0a1",
          VpcId: vpcId,
          SubnetIds: ["subnet-0a1", "subnet-0a2"],
        },
        IdentityProviderType: "API_GATEWAY",
        IdentityProviderDetails: {
          Url: "https://abcdef1234.execute-api.ap-northeast-1.amazonaws.com/prod",
          InvocationRole: `arn:aws:iam::${ACCOUNT}:role/caller`,
        },
      },
    },
    "ec2 describe-vpc-endpoints": {
      VpcEndpoints: [
        {
          VpcEndpointId: "vpce-0a1",
          State: "available",
          NetworkInterfaceIds: ["eni-0a1", "eni-0a2"],
          Groups: [{ GroupId: "sg-0a1", GroupName: "ftp" }],
        },
      ],
    },
    "ec2 describe-network-interfaces": {
      NetworkInterfaces: [{ PrivateIpAddress: "10.0.64.5" }, { PrivateIpAddress: "10.0.0.5" }],
    },
    "ec2 describe-security-group-rules": {
      SecurityGroupRules: [
        ...[
          [21, 21],
          [8192, 8200],
        ].map(([FromPort, ToPort]) => ({
          SecurityGroupRuleId: `sgr-${FromPort}`,
          GroupId: "sg-0a1",
          IsEgress: false,
          IpProtocol: "tcp",
          FromPort,
          ToPort,
          CidrIpv4: "100.64.0.0/10",
        })),
      ],
    },
    "iam get-role caller": { Role: { AssumeRolePolicyDocument: trust("server") } },
    "iam get-role files": { Role: { AssumeRolePolicyDocument: trust("user") } },
    "iam list-role-policies": { PolicyNames: ["access"] },
    "iam get-role-policy caller": {
      PolicyDocument: allow(
        ["execute-api:Invoke"],
        [`arn:aws:execute-api:ap-northeast-1:${ACCOUNT}:abcdef1234/prod/GET/servers/*`],
      ),
    },
    "iam get-role-policy files": {
      PolicyDocument: allow(["s3:*"], [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`]),
    },
    "s3api get-bucket-location": { LocationConstraint: "ap-northeast-1" },
    "s3api get-public-access-block": {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    },
    "s3api get-bucket-versioning": { Status: "Enabled" },
    "s3api get-bucket-ownership-controls": {
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    },
    "s3api get-bucket-policy": {
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    "s3api get-bucket-encryption": {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    },
  };
}

/** A RunTool of these documents; peering, tables by id and outputs are the cloud's. */
export function awsTool(cloud: Cloud, answers: Record<string, unknown>): RunTool {
  return (program, args) => {
    const operation = args.slice(0, 2).join(" ");
    const flag = (name: string) => args[args.indexOf(name) + 1];
    const role = args.includes("--role-name") ? ` ${flag("--role-name")}` : "";
    const answer = answers[`${operation}${role}`] ?? answers[operation];
    const subnet = /^Name=association\.subnet-id,Values=(.*)$/.exec(args[3] ?? "")?.[1];
    if (program === "aws" && subnet !== undefined) {
      cloud.ran.push(["aws", ...args].join(" "));
      const id = subnet.replace("subnet", "rtb");
      return Promise.resolve(printing({ RouteTables: [{ RouteTableId: id }] }));
    }
    if (program === "pulumi" || answer === undefined) return cloud.runTool(program, args);
    cloud.ran.push(["aws", ...args].join(" "));
    if (typeof answer !== "string") return Promise.resolve(printing(answer));
    const stderr = `\nAn error occurred (${answer}) when calling the operation: by the test\n`;
    return Promise.resolve({ code: 254, stdout: "", stderr });
  };
}

/** Transfer Family's own API: answers TestIdentityProvider as told, and keeps what it was asked. */
export async function transferApi() {
  const asked: { headers: http.IncomingHttpHeaders; body: Record<string, string> }[] = [];
  const grant = {
    Role: `arn:aws:iam::${ACCOUNT}:role/files`,
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryDetails: JSON.stringify([{ Entry: "/", Target: `/${BUCKET}/users/verify` }]),
  };
  const reply = {
    status: 200,
    body: { StatusCode: 200, Response: JSON.stringify(grant), Message: "" },
  };
  /** Called before each answer. */
  const hooks: { before?: (body: Record<string, string>) => Promise<void> | void } = {};
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      asked.push({ headers: request.headers, body });
      void Promise.resolve(hooks.before?.(body)).then(() =>
        response.writeHead(reply.status).end(JSON.stringify(reply.body)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    reply: reply as { status: number; body: object },
    hooks,
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
