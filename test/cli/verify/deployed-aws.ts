/**
 * Stand-in for AWS, with the operations that `canal-ftp verify` calls. The documents are those of the API reference:
 *
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedServer.html
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_TestIdentityProvider.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 * - https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 * - https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
import { AwsApiError, type AwsApi, type AwsService } from "../../../cli/core/aws";
import type { AwsInput, Cloud } from "../core/cloud";

export const accountId = "123456789012";
export const serverId = "s-0123456789abcdef0";
export const bucket = "canal-ftp-dev-files";
const serverArn = `arn:aws:transfer:ap-northeast-1:${accountId}:server/${serverId}`;

const trust = (resource: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "transfer.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:${accountId}:${resource}/*` },
      },
    },
  ],
});

const allow = (Action: string[], Resource: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

/** IAM returns documents URL-encoded. */
const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));

/** What AWS answers, operation by operation, to be changed by tests; a text is an error of that code. */
export function documents(vpcId: string) {
  return {
    "Transfer DescribeServer": {
      Server: {
        Arn: serverArn,
        ServerId: serverId,
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
          InvocationRole: `arn:aws:iam::${accountId}:role/caller`,
        },
      },
    },
    "EC2 DescribeVpcEndpoints": {
      VpcEndpoints: [
        {
          VpcEndpointId: "vpce-0a1",
          State: "available",
          NetworkInterfaceIds: ["eni-0a1", "eni-0a2"],
          Groups: [{ GroupId: "sg-0a1", GroupName: "ftp" }],
        },
      ],
    },
    "EC2 DescribeNetworkInterfaces": {
      NetworkInterfaces: [{ PrivateIpAddress: "10.0.64.5" }, { PrivateIpAddress: "10.0.0.5" }],
    },
    "EC2 DescribeSecurityGroupRules": {
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
    "IAM GetRole caller": { Role: { AssumeRolePolicyDocument: encoded(trust("server")) } },
    "IAM GetRole files": { Role: { AssumeRolePolicyDocument: encoded(trust("user")) } },
    "IAM ListRolePolicies": { PolicyNames: ["access"] },
    "IAM GetRolePolicy caller": {
      PolicyDocument: encoded(
        allow(
          ["execute-api:Invoke"],
          [`arn:aws:execute-api:ap-northeast-1:${accountId}:abcdef1234/prod/GET/servers/*`],
        ),
      ),
    },
    "IAM GetRolePolicy files": {
      PolicyDocument: encoded(
        allow(["s3:*"], [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
      ),
    },
    "SNS ListSubscriptionsByTopic": {
      Subscriptions: [
        {
          SubscriptionArn: `arn:aws:sns:ap-northeast-1:${accountId}:alarms:0a1b2c3d`,
          Protocol: "email",
          Endpoint: "ops@example.com",
        },
      ],
    },
    "S3 GetBucketLocation": { LocationConstraint: "ap-northeast-1" },
    "S3 GetPublicAccessBlock": {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    },
    "S3 GetBucketVersioning": { Status: "Enabled" },
    "S3 GetBucketOwnershipControls": {
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    },
    "S3 GetBucketPolicy": {
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    "S3 GetBucketEncryption": {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    },
  };
}

/** What TestIdentityProvider was asked, and what it answers. */
export class TransferStandIn {
  readonly asked: Record<string, string>[] = [];
  /** Undefined: fails. */
  reply: object | undefined = {
    StatusCode: 200,
    Response: JSON.stringify({
      Role: `arn:aws:iam::${accountId}:role/files`,
      HomeDirectoryType: "LOGICAL",
      HomeDirectoryDetails: JSON.stringify([{ Entry: "/", Target: `/${bucket}/users/verify` }]),
    }),
    Message: "",
  };
  /** Called before each answer. */
  before: (input: Record<string, string>) => Promise<void> | void = () => undefined;
}

/** AWS with these documents; peering, tables by id and outputs are the cloud's. */
export function deployedAws(
  cloud: Cloud,
  answers: Record<string, unknown>,
  transfer: TransferStandIn,
): AwsApi {
  return {
    call: async <T>(service: AwsService, operation: string, input: object = {}) => {
      const name = `${service} ${operation}`;
      if (name === "Transfer TestIdentityProvider") {
        const given = input as Record<string, string>;
        transfer.asked.push(given);
        await transfer.before(given);
        if (transfer.reply) return transfer.reply as T;
        throw new AwsApiError(service, operation, "ServiceUnavailableException", "by the test");
      }
      const { RoleName, Filters } = input as { RoleName?: string } & AwsInput;
      const answer = (RoleName && answers[`${name} ${RoleName}`]) ?? answers[name];
      const subnet = Filters?.find(({ Name }) => Name === "association.subnet-id")?.Values[0];
      if (subnet !== undefined) {
        cloud.ran.push(name);
        return { RouteTables: [{ RouteTableId: subnet.replace("subnet", "rtb") }] } as T;
      }
      if (answer === undefined) return cloud.aws().call<T>(service, operation, input);
      cloud.ran.push(name);
      if (typeof answer !== "string") return answer as T;
      throw new AwsApiError(service, operation, answer, "by the test");
    },
  };
}
