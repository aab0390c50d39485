import assert from "node:assert/strict";

import type { Properties } from "../../../twin/providers/values";
import { Cloud, existing } from "./support";

const server = {
  domain: "S3",
  protocols: ["FTP"],
  endpointType: "VPC",
  endpointDetails: { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  identityProviderType: "API_GATEWAY",
  url: "https://a",
  invocationRole: "arn:a",
  structuredLogDestinations: ["arn:logs"],
  s3StorageOptions: { directoryListingOptimization: "ENABLED" },
  tags: { stack: "dev" },
};

/**
 * For each of the main types, inputs, then a change and whether it makes another resource. What forces another is
 * what the provider's schema says: "ForceNew", and for the server's VPC its own check ("Changing VpcId is not
 * supported").
 */
const table: [
  type: string,
  inputs: Properties,
  change: Properties,
  verdict: "replace" | "update",
][] = [
  ["aws:transfer/server:Server", server, { domain: "EFS" }, "replace"],
  ["aws:transfer/server:Server", server, { identityProviderType: "AWS_LAMBDA" }, "replace"],
  [
    "aws:transfer/server:Server",
    server,
    { endpointDetails: { ...server.endpointDetails, vpcId: "vpc-2" } },
    "replace",
  ],
  [
    "aws:transfer/server:Server",
    server,
    { endpointDetails: { ...server.endpointDetails, securityGroupIds: ["sg-2"] } },
    "update",
  ],
  [
    "aws:transfer/server:Server",
    server,
    { endpointDetails: { ...server.endpointDetails, subnetIds: ["subnet-1", "subnet-2"] } },
    "update",
  ],
  ["aws:transfer/server:Server", server, { endpointType: "PUBLIC" }, "update"],
  ["aws:transfer/server:Server", server, { protocols: ["SFTP"] }, "update"],
  ["aws:transfer/server:Server", server, { url: "https://b" }, "update"],
  ["aws:transfer/server:Server", server, { invocationRole: "arn:b" }, "update"],
  ["aws:transfer/server:Server", server, { function: "arn:f" }, "update"],
  ["aws:transfer/server:Server", server, { preAuthenticationLoginBanner: "hello" }, "update"],
  ["aws:transfer/server:Server", server, { structuredLogDestinations: [] }, "update"],
  ["aws:transfer/server:Server", server, { protocolDetails: { passiveIp: "0.0.0.0" } }, "update"],
  ["aws:transfer/server:Server", server, { tags: { stack: "prod" } }, "update"],
  ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, "replace"],
  ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { enableDnsHostnames: true }, "update"],
  ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { region: "us-west-2" }, "replace"],
  [
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    { vpcPeeringConnectionId: "pcx-1", autoAccept: true },
    { vpcPeeringConnectionId: "pcx-2" },
    "replace",
  ],
  [
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    { vpcPeeringConnectionId: "pcx-1", autoAccept: true },
    { autoAccept: false },
    "update",
  ],
  [
    "aws:ec2/route:Route",
    {
      routeTableId: "rtb-1",
      destinationCidrBlock: "100.64.0.0/24",
      vpcPeeringConnectionId: "pcx-1",
    },
    { vpcPeeringConnectionId: "pcx-2" },
    "update",
  ],
  [
    "aws:ec2/route:Route",
    {
      routeTableId: "rtb-1",
      destinationCidrBlock: "100.64.0.0/24",
      vpcPeeringConnectionId: "pcx-1",
    },
    { destinationCidrBlock: "100.64.1.0/24" },
    "replace",
  ],
  ["aws:apigateway/restApi:RestApi", { name: "a", body: "{}" }, { body: "{ }" }, "update"],
  ["aws:apigateway/restApi:RestApi", { name: "a", body: "{}" }, { name: "b" }, "update"],
  [
    "aws:apigateway/deployment:Deployment",
    { restApi: "a" },
    { triggers: { body: "1" } },
    "replace",
  ],
  ["aws:apigateway/stage:Stage", { restApi: "a", deployment: "1" }, { deployment: "2" }, "update"],
  ["aws:lambda/function:Function", { name: "f", memorySize: 512 }, { memorySize: 1024 }, "update"],
  ["aws:lambda/function:Function", { name: "f", memorySize: 512 }, { name: "g" }, "replace"],
  ["aws:dynamodb/table:Table", { hashKey: "pk" }, { hashKey: "id" }, "replace"],
  ["aws:dynamodb/table:Table", { hashKey: "pk" }, { deletionProtectionEnabled: true }, "update"],
  [
    "aws:dynamodb/table:Table",
    { hashKey: "pk" },
    { pointInTimeRecovery: { enabled: true } },
    "update",
  ],
  ["aws:s3/bucket:Bucket", { bucket: "a" }, { bucket: "b" }, "replace"],
  ["aws:s3/bucket:Bucket", { bucket: "a" }, { forceDestroy: true }, "update"],
];

describe("twin as AWS provider: replace or update", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  for (const [type, inputs, change, verdict] of table) {
    it(
      `${type.split(":").pop()}: ${JSON.stringify(change)} is an ${verdict}`.replace("an r", "a r"),
      () => {
        const { changed, replaces } = cloud.provider.diff(existing(type, "id", inputs), {
          ...inputs,
          ...change,
        });
        assert.deepEqual(changed, Object.keys(change));
        assert.deepEqual(replaces, verdict === "replace" ? Object.keys(change) : []);
      },
    );
  }

  it("no change is none, whatever the order of fields", () => {
    const { endpointDetails, ...rest } = server;
    const turned = Object.fromEntries(Object.entries(endpointDetails).reverse());
    const { changed } = cloud.provider.diff(existing("aws:transfer/server:Server", "id", server), {
      endpointDetails: turned,
      ...rest,
    });
    assert.deepEqual(changed, []);
  });

  it("a type nobody has looked up is an error", () => {
    const unknown = existing("aws:ec2/instance:Instance", "id", {});
    assert.throws(() => cloud.provider.diff(unknown, {}), /Nobody has said which changes/);
  });
});
