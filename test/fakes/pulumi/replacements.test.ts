import assert from "node:assert/strict";

import type { Properties } from "../../../fakes/pulumi/values";
import type { Resource } from "../../../lib/stack/resource";
import { evaluateStack } from "../../support/golden";
import { Cloud, existing } from "./support";

/** What a change of each input comes to, with the source in the provider. */
interface Documented {
  readonly type: string;
  readonly inputs: Properties;
  /** Of its schema, in short, where `ForceNew` is another resource and anything else an update; or of its code. */
  readonly source: string;
  readonly replace: readonly Properties[];
  readonly update: readonly Properties[];
}

const endpointDetails = { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const server = {
  domain: "S3",
  protocols: ["FTP"],
  endpointType: "VPC",
  endpointDetails,
  identityProviderType: "API_GATEWAY",
  url: "https://a",
  invocationRole: "arn:a",
  structuredLogDestinations: ["arn:logs"],
  s3StorageOptions: { directoryListingOptimization: "ENABLED" },
  tags: { stack: "dev" },
};
const route = {
  routeTableId: "rtb-1",
  destinationCidrBlock: "100.64.0.0/24",
  vpcPeeringConnectionId: "pcx-1",
};

/** Main types, and those whose replacement a device or a bill would notice. */
const documented: readonly Documented[] = [
  {
    type: "aws:transfer/server:Server",
    inputs: server,
    source: `
      domain, identityProviderType, endpointDetails.vpcId: replace (new server id, new DNS name, new IPs)
      securityGroupIds: EC2 ModifyVpcEndpoint, online
      subnetIds: online unless EIPs are involved
      endpointType, addressAllocationIds: provider stops, updates, starts
      protocolDetails.passiveIp: provider does not stop/start
      url, invocationRole, function, protocols, banners, structuredLogDestinations, workflowDetails: in place`,
    replace: [
      { domain: "EFS" },
      { identityProviderType: "AWS_LAMBDA" },
      { endpointDetails: { ...endpointDetails, vpcId: "vpc-2" } },
    ],
    update: [
      { endpointDetails: { ...endpointDetails, securityGroupIds: ["sg-2"] } },
      { endpointDetails: { ...endpointDetails, subnetIds: ["subnet-1", "subnet-2"] } },
      { endpointDetails: { ...endpointDetails, addressAllocationIds: ["eipalloc-1"] } },
      { endpointType: "PUBLIC" },
      { protocolDetails: { passiveIp: "0.0.0.0" } },
      { url: "https://b" },
      { invocationRole: "arn:b" },
      { function: "arn:f" },
      { protocols: ["SFTP"] },
      { preAuthenticationLoginBanner: "hello" },
      { postAuthenticationLoginBanner: "hello" },
      { structuredLogDestinations: [] },
      { workflowDetails: { onUpload: { workflowId: "w", executionRole: "arn:r" } } },
      { s3StorageOptions: { directoryListingOptimization: "DISABLED" } },
      { tags: { stack: "prod" } },
    ],
  },
  {
    type: "aws:ec2/vpc:Vpc",
    inputs: { cidrBlock: "10.0.0.0/16", enableDnsSupport: true },
    source: `
      cidr_block, ipv4_ipam_pool_id, ipv4_netmask_length: ForceNew: true
      enable_dns_support, enable_dns_hostnames: Optional: true`,
    replace: [
      { cidrBlock: "10.1.0.0/16" },
      { ipv4IpamPoolId: "ipam-1" },
      { ipv4NetmaskLength: 24 },
      // Since version 6 of the provider a resource has a region, which is part of what it is.
      { region: "us-west-2" },
    ],
    update: [{ enableDnsHostnames: true }, { enableDnsSupport: false }, { tags: { Name: "b" } }],
  },
  {
    type: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    inputs: { vpcPeeringConnectionId: "pcx-1", autoAccept: true },
    source: `
      vpc_peering_connection_id: Required: true, ForceNew: true
      auto_accept: Optional: true`,
    replace: [{ vpcPeeringConnectionId: "pcx-2" }],
    update: [{ autoAccept: false }, { tags: { Name: "b" } }],
  },
  {
    type: "aws:ec2/route:Route",
    inputs: route,
    source: `
      route_table_id, destination_cidr_block: ForceNew: true
      vpc_peering_connection_id and other targets: ReplaceRoute`,
    replace: [{ routeTableId: "rtb-2" }, { destinationCidrBlock: "100.64.1.0/24" }],
    update: [{ vpcPeeringConnectionId: "pcx-2" }],
  },
  {
    type: "aws:apigateway/restApi:RestApi",
    inputs: { name: "a", body: "{}", description: "a" },
    source: `
      name: Required: true
      body, description, endpoint_configuration, policy: Optional: true (no ForceNew in the schema)`,
    replace: [],
    update: [
      { name: "b" },
      { body: "{ }" },
      { description: "b" },
      { endpointConfiguration: { types: "REGIONAL" } },
      { policy: "{}" },
    ],
  },
  {
    type: "aws:apigateway/deployment:Deployment",
    inputs: { restApi: "a", triggers: { body: "0" } },
    source: "rest_api_id, triggers: ForceNew: true",
    replace: [{ restApi: "b" }, { triggers: { body: "1" } }],
    update: [{ description: "b" }],
  },
  {
    type: "aws:apigateway/stage:Stage",
    inputs: { restApi: "a", deployment: "1", stageName: "prod" },
    source: `
      rest_api_id, stage_name: ForceNew: true
      deployment_id: Required: true`,
    replace: [{ restApi: "b" }, { stageName: "other" }],
    update: [{ deployment: "2" }],
  },
  {
    type: "aws:lambda/function:Function",
    inputs: { name: "f", memorySize: 512 },
    source: `
      function_name: ForceNew: true
      memory_size, timeout, environment, handler, role, runtime, vpc_config, logging_config: UpdateFunctionConfiguration
      filename, architectures: UpdateFunctionCode`,
    replace: [{ name: "g" }],
    update: [
      { memorySize: 1024 },
      { timeout: 30 },
      { environment: { variables: { A: "1" } } },
      { handler: "index.other" },
      { role: "arn:r" },
      { runtime: "nodejs26.x" },
      { vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } },
      { loggingConfig: { logFormat: "JSON" } },
      { architectures: ["x86_64"] },
    ],
  },
  {
    type: "aws:dynamodb/table:Table",
    inputs: { hashKey: "pk", billingMode: "PAY_PER_REQUEST" },
    source: `
      name, hash_key, range_key, local_secondary_index: ForceNew: true
      billing_mode, deletion_protection_enabled, point_in_time_recovery, server_side_encryption, ttl: Optional: true`,
    replace: [{ name: "t" }, { hashKey: "id" }, { rangeKey: "sk" }],
    update: [
      { billingMode: "PROVISIONED" },
      { deletionProtectionEnabled: true },
      { pointInTimeRecovery: { enabled: true } },
      { serverSideEncryption: { enabled: true } },
      { ttl: { attributeName: "ttl", enabled: true } },
    ],
  },
  {
    type: "aws:s3/bucket:Bucket",
    inputs: { bucket: "a" },
    source: `
      "bucket - (Optional, Forces new resource) Name of the bucket"
      "object_lock_enabled - (Optional, Forces new resource)"
      "force_destroy - (Optional, Default:false)"`,
    replace: [{ bucket: "b" }, { bucketPrefix: "b-" }, { objectLockEnabled: true }],
    update: [{ forceDestroy: true }, { tags: { stack: "prod" } }],
  },
  {
    type: "aws:route53/resolverEndpoint:ResolverEndpoint",
    inputs: { direction: "INBOUND", securityGroupIds: ["sg-1"], ipAddresses: [{ subnetId: "a" }] },
    source: `
      direction, security_group_ids: Required: true, ForceNew: true
      ip_address: AssociateResolverEndpointIpAddress; name: UpdateResolverEndpoint`,
    replace: [{ direction: "OUTBOUND" }, { securityGroupIds: ["sg-2"] }],
    update: [{ ipAddresses: [{ subnetId: "b" }] }, { name: "b" }],
  },
  {
    type: "aws:budgets/budget:Budget",
    inputs: { name: "a", budgetType: "COST", limitAmount: "10" },
    source: `
      account_id, name, name_prefix: ForceNew: true
      limit_amount, notification, time_unit: UpdateBudget`,
    replace: [{ name: "b" }, { accountId: "123456789012" }],
    update: [{ limitAmount: "20" }, { notifications: [] }, { timeUnit: "ANNUALLY" }],
  },
];

/** Everything the program can make: both stacks, and what is off in them. */
async function everyResource(): Promise<Resource[]> {
  const off = {
    "canal-ftp:deviceName": "ftp.plant.internal",
    "canal-ftp:budgetUsd": "300",
    "canal-ftp:canary": "true",
    "canal-ftp:alarmEmails": '["ops@example.com"]',
  };
  const stacks = [
    await evaluateStack("dev", off),
    await evaluateStack("prod"),
    await evaluateStack("dev", { "canal-ftp:identityProvider": "lambda" }),
  ];
  return stacks.flatMap(({ resources }) => resources);
}

describe("twin as AWS provider: replace or update", () => {
  const cloud = new Cloud();
  after(() => cloud.close());

  const decide = (type: string, inputs: Properties, change: Properties) =>
    cloud.provider.diff(existing(type, "id", inputs), { ...inputs, ...change });

  for (const { type, inputs, source, replace, update } of documented) {
    describe(type.split(":").pop()!, () => {
      for (const change of replace) {
        it(`${JSON.stringify(change)} replaces`, () => {
          const { changed, replaces } = decide(type, inputs, change);
          assert.deepEqual([changed, replaces], [Object.keys(change), Object.keys(change)], source);
        });
      }
      for (const change of update) {
        it(`${JSON.stringify(change)} updates`, () => {
          const { changed, replaces } = decide(type, inputs, change);
          assert.deepEqual([changed, replaces], [Object.keys(change), []], source);
        });
      }
    });
  }

  it("has an answer for every type and every input the program can use", async () => {
    const resources = await everyResource();
    const types = new Set(
      resources.map(({ type }) => type).filter((type) => type.startsWith("aws:")),
    );
    for (const type of [
      "aws:sqs/queue:Queue",
      "aws:sns/topicSubscription:TopicSubscription",
      "aws:cloudwatch/eventRule:EventRule",
      "aws:cloudwatch/eventTarget:EventTarget",
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "aws:glue/catalogTable:CatalogTable",
      "aws:route53/resolverEndpoint:ResolverEndpoint",
      "aws:route53/zone:Zone",
      "aws:budgets/budget:Budget",
    ]) {
      assert.ok(types.has(type), `${type} is not among them`);
    }
    for (const { type, inputs } of resources) {
      if (!types.has(type)) continue;
      assert.deepEqual(cloud.provider.check({ ...existing(type, "id", {}) }, inputs), [], type);
      for (const name of Object.keys(inputs)) {
        const { changed } = decide(type, inputs, { [name]: "another" });
        assert.deepEqual(changed, [name], `${type} ${name}`);
      }
    }
  });

  it("equal inputs are no change, for any order of fields", () => {
    const { endpointDetails, ...rest } = server;
    const turned = Object.fromEntries(Object.entries(endpointDetails).reverse());
    const { changed } = cloud.provider.diff(existing("aws:transfer/server:Server", "id", server), {
      endpointDetails: turned,
      ...rest,
    });
    assert.deepEqual(changed, []);
  });

  it("a type that is not known changes in place, and is logged once", () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const parameter = { ...existing("aws:ssm/parameter:Parameter", "id", { value: "1" }), log };
    for (const name of ["a", "b"]) {
      assert.deepEqual(cloud.provider.check({ ...parameter, name }, { value: "1" }), []);
    }
    assert.equal(lines.length, 1);
    assert.match(lines[0], /aws:ssm\/parameter:Parameter.*resources\/ssm\.ts/);
    const { changed, replaces } = cloud.provider.diff(parameter, { value: "2" });
    assert.deepEqual([changed, replaces], [["value"], []]);
  });
});
