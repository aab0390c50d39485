import assert from "node:assert/strict";

import { ofType, Resource } from "../../lib/stack/resource";
import { findServer } from "../../twin/wiring/find-server";
import { reachFromFunction } from "../../twin/wiring/network";
import { evaluateStack } from "../support/golden";

const spec = (command: Resource) =>
  JSON.parse((command.inputs.environment as Record<string, string>).CANAL_FTP_SPEC) as Record<
    string,
    unknown
  >;

const dev = (changes: Record<string, string>) =>
  evaluateStack(
    "dev",
    Object.fromEntries(Object.entries(changes).map(([key, value]) => [`canal-ftp:${key}`, value])),
  );

// An evaluation takes a fifth of a second: each is of settings that have nothing to do with each other.

/** A stack without what can be left out. */
const least = () => dev({ canal: "none", allowedCidr: "10.0.0.0/16", uploadEvents: "false" });

const existingVpc = {
  vpcId: "vpc-0a1b",
  cidr: "172.16.0.0/16",
  subnetIds: ["subnet-0a", "subnet-0b"],
  routeTableIds: ["rtb-0a", "rtb-0b"],
};
const vpgId = "0a1b2c3d-0000-0000-0000-000000000000";
const kmsKeyArn =
  "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-0000-0000-000000000000";

/** A stack that is given what others made: network, VPG, key, users in Secrets Manager; and asks its function without an API. */
const given = () =>
  dev({
    existingVpc: JSON.stringify(existingVpc),
    vpgId,
    simIds: '["8981100000000000000"]',
    allowedCidr: "vpg",
    kmsKeyArn,
    identityProvider: "lambda",
    userStore: "secretsmanager",
    users: "[]",
    lockoutFailures: "3",
  });

/** A stack with more than the usual: a third zone, a canary, a name for devices. */
const most = () =>
  dev({
    availabilityZones: "3",
    canary: "true",
    deviceName: "ftp.plant.internal",
  });

describe("stacks, as configured otherwise", () => {
  it("without Canal: no SORACOM command, no peering, no route, and the rest as before", async () => {
    const { resources, outputs } = await least();
    const types = resources.map(({ type }) => type);
    assert.ok(!types.some((type) => /Peering|Route$/.test(type)), types.join(" "));
    const commands = ofType(resources, "command:local:Command").map(({ name }) => name);
    assert.deepEqual(commands, ["canal-ftp-dev-identity-login-key"]);
    assert.ok(types.includes("aws:transfer/server:Server"));
    assert.equal(outputs.vpgId, undefined);
    assert.match(String(outputs.ftpCommand), /^ftp -p vpce-/);
  });

  it("without upload events: no queue, no log, no function for them, and cuts counted in the log", async () => {
    const { resources, outputs } = await least();
    const types = resources.map(({ type }) => type);
    assert.ok(!types.some((type) => /:sqs\/|:glue\/|UploadEvents/.test(type)));
    assert.equal(ofType(resources, "aws:lambda/function:Function").length, 1);
    assert.equal(outputs.uploadQueueArn, undefined);
    const filters = ofType(resources, "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    assert.ok(filters.some(({ inputs }) => /PARTIAL_CLOSE/.test(String(inputs.pattern))));
  });

  it("in an existing VPC: makes no network, and puts the route to the devices into each route table", async () => {
    const { resources } = await given();
    assert.equal(ofType(resources, "awsx:ec2:Vpc").length, 0);
    const routes = ofType(resources, "aws:ec2/route:Route").map(
      ({ inputs }) => inputs.routeTableId,
    );
    assert.deepEqual(routes, ["rtb-0a", "rtb-0b"]);
    const [server] = ofType(resources, "aws:transfer/server:Server");
    const { vpcId, subnetIds } = server.inputs.endpointDetails as Record<string, unknown>;
    assert.deepEqual({ vpcId, subnetIds }, { vpcId: "vpc-0a1b", subnetIds: existingVpc.subnetIds });
    const peering = ofType(resources, "command:local:Command").find(({ name }) =>
      name.endsWith("peering"),
    )!;
    assert.equal(spec(peering).destinationCidrBlock, "172.16.0.0/16");
  });

  it("with the VPG's own range allowed: the rules hold what SORACOM allotted", async () => {
    const { resources } = await given();
    const rules = ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      rules.map(({ inputs }) => [inputs.fromPort, inputs.toPort, inputs.cidrIpv4]).sort(),
      [
        [21, 21, "100.64.0.0/16"],
        [8192, 8200, "100.64.0.0/16"],
      ],
    );
  });

  it("puts SIMs into the group and uses the VPG it is given", async () => {
    const { resources, outputs } = await given();
    assert.equal(outputs.vpgId, vpgId);
    const commands = ofType(resources, "command:local:Command");
    const named = (suffix: string) => spec(commands.find(({ name }) => name.endsWith(suffix))!);
    assert.equal(named("vpg-gateway").vpgId, vpgId);
    assert.deepEqual(named("members").simIds, ["8981100000000000000"]);
    assert.equal(named("members").groupId, outputs.simGroupId);
  });

  it("with a KMS key: bucket, role and function all have it", async () => {
    const { resources } = await given();
    const holders = resources.filter(
      ({ type, inputs }) =>
        !type.startsWith("canal-ftp:") && JSON.stringify(inputs).includes(kmsKeyArn),
    );
    assert.deepEqual(holders.map(({ name }) => name.replace("canal-ftp-dev-", "")).sort(), [
      "files-access",
      "files-encryption",
      "identity-login-function",
      "uploads-log-encryption",
      "uploads-worker-access",
    ]);
  });

  it("with a KMS key for the user table: table and login function have it; without, no resource has a key", async () => {
    const tableKmsKeyArn = kmsKeyArn.replace("0a1b2c3d", "table");
    const { resources } = await dev({ tableKmsKeyArn });
    const holders = resources.filter(
      ({ type, inputs }) =>
        !type.startsWith("canal-ftp:") && JSON.stringify(inputs).includes(tableKmsKeyArn),
    );
    assert.deepEqual(holders.map(({ name }) => name.replace("canal-ftp-dev-", "")).sort(), [
      "identity-login-access",
      "identity-users",
    ]);
    const { resources: usual } = await dev({});
    const [table] = ofType(usual, "aws:dynamodb/table:Table");
    assert.equal(table.inputs.serverSideEncryption, undefined);
  });

  it("invokes the function directly when configured", async () => {
    const { resources } = await given();
    const [server] = ofType(resources, "aws:transfer/server:Server");
    assert.equal(server.inputs.identityProviderType, "AWS_LAMBDA");
    assert.match(String(server.inputs.function), /^arn:aws:lambda:/);
    assert.equal(server.inputs.url, undefined);
    assert.equal(ofType(resources, "aws:apigateway/restApi:RestApi").length, 0);
    const [permission] = ofType(resources, "aws:lambda/permission:Permission");
    assert.equal(permission.inputs.principal, "transfer.amazonaws.com");
    assert.equal(permission.inputs.sourceAccount, "123456789012");
  });

  it("with users in Secrets Manager: the function is configured for it, and may read those secrets and no other", async () => {
    const { resources } = await given();
    const named = (suffix: string) => resources.find(({ name }) => name.endsWith(suffix))!;
    const { variables } = named("login-function").inputs.environment as {
      variables: Record<string, string>;
    };
    assert.equal(variables.USER_STORE, "secretsmanager");
    assert.equal(variables.LOCKOUT_FAILURES, "3");
    const policy = JSON.parse(String(named("login-access").inputs.policy)) as {
      Statement: { Action: string | string[]; Resource: string }[];
    };
    const secrets = policy.Statement.filter(({ Action }) => String(Action).includes("secrets"));
    assert.deepEqual(
      secrets.map(({ Action, Resource }) => [Action, Resource]),
      [
        [
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:aws/transfer/s-*/*",
        ],
      ],
    );
    const table = await evaluateStack("dev");
    assert.ok(!JSON.stringify(table.resources).includes("secretsmanager:"));
  });

  it("with three zones: a subnet, an address and a route more, and the first two where they were", async () => {
    const two = await evaluateStack("dev");
    const three = await most();
    assert.deepEqual((three.outputs.privateIps as string[]).slice(0, 2), two.outputs.privateIps);
    assert.equal((three.outputs.privateIps as string[]).length, 3);
    assert.equal(ofType(three.resources, "aws:ec2/route:Route").length, 3);
  });

  it("with a canary: the endpoint admits its group, and it is excluded from events and no-uploads", async () => {
    const { resources } = await most();
    const byName = (name: string) =>
      resources.find((each) => each.name === `canal-ftp-dev-${name}`)!;
    const endpoint = byName("network-security-group").id;
    const callers = ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ inputs }) => inputs.referencedSecurityGroupId !== undefined)
      .map(({ inputs }) => [inputs.securityGroupId, inputs.referencedSecurityGroupId]);
    const canary = byName("canary-network-group").id;
    assert.deepEqual(callers, [
      [endpoint, canary],
      [endpoint, canary],
    ]);
    assert.match(
      String(byName("uploads-in-rule").inputs.eventPattern),
      /"anything-but":\["canary"/,
    );
    assert.match(String(byName("operations-uploads-count").inputs.pattern), /users\/canary/);
    const { FTP_ADDRESSES } = (
      byName("canary-function").inputs.environment as { variables: Record<string, string> }
    ).variables;
    assert.equal(FTP_ADDRESSES, "10.0.0.5,10.0.64.5,10.0.128.5");
  });

  it("with a canary: its packets get to every port of FTP and to no other, and by each rule", async () => {
    const stack = await most();
    const canary = stack.resources.find(({ name }) => name === "canal-ftp-dev-canary-function")!;
    const blocked = (resources: readonly Resource[]) =>
      [21, 8192, 8200, 22, 8191, 8201].filter((port) => {
        const evaluated = { ...stack, resources: [...resources] };
        return !reachFromFunction(evaluated, findServer(evaluated), canary, port).allowed;
      });
    assert.deepEqual(blocked(stack.resources), [22, 8191, 8201]);
    const expected = { control: [21, 22, 8191, 8201], passive: [8192, 8200, 22, 8191, 8201] };
    for (const [suffix, ports] of Object.entries(expected)) {
      for (const direction of ["in", "out"]) {
        const name = `canal-ftp-dev-canary-network-${suffix}-${direction}`;
        const without = stack.resources.filter((resource) => resource.name !== name);
        assert.equal(without.length, stack.resources.length - 1, name);
        assert.deepEqual(blocked(without), ports, name);
      }
    }
  });

  it("with a device name: the SIM group's resolvers resolve it, and outputs have both", async () => {
    const { resources, outputs } = await most();
    const [settings] = ofType(resources, "command:local:Command").filter(({ name }) =>
      name.endsWith("sims-settings"),
    );
    assert.deepEqual(spec(settings).dnsServers, outputs.resolverIps);
    assert.deepEqual(
      [outputs.deviceName, outputs.resolverIps],
      ["ftp.plant.internal", ["10.0.0.6", "10.0.64.6", "10.0.128.6"]],
    );
    const [record] = ofType(resources, "aws:route53/record:Record");
    assert.deepEqual(record.inputs.records, outputs.privateIps);
  });
});
