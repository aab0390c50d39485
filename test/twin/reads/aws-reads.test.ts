import assert from "node:assert/strict";

import { ofType, type EvaluatedStack } from "../../../lib/stack/resource";
import { ReadError, type SiteState } from "../../../twin/reads/site-state";
import { evaluateStack } from "../../support/golden";
import { aws, siteOf } from "./support";

describe("readAws", () => {
  let stack: EvaluatedStack;
  let site: SiteState;
  let serverId: string;
  before(async () => {
    stack = await evaluateStack("dev");
    site = siteOf(stack);
    ({ serverId } = site.server);
  });

  const changed = (type: string, change: (outputs: Record<string, unknown>) => object): SiteState =>
    siteOf({
      ...stack,
      resources: stack.resources.map((one) =>
        one.type === type ? { ...one, outputs: { ...one.outputs, ...change(one.outputs) } } : one,
      ),
    });
  const without = (type: string): SiteState =>
    siteOf({ ...stack, resources: stack.resources.filter((one) => one.type !== type) });
  const peeringId = () => String(stack.outputs.peeringConnectionId);
  const bucket = () => String(stack.outputs.bucket);

  type Server = {
    Server: {
      State: string;
      EndpointDetails: { VpcEndpointId: string; SubnetIds: string[] };
      IdentityProviderDetails: { InvocationRole: string };
    };
  };
  const describeServer = (of: SiteState) =>
    aws<Server>(of, "Transfer DescribeServer", { ServerId: serverId }).Server;

  it("the account of the stack", () => {
    const { Account } = aws<{ Account: string }>(site, "STS GetCallerIdentity");
    assert.equal(Account, site.server.arn.split(":")[4]);
  });

  it("the server, ONLINE or stopped, and its endpoint with the addresses of the outputs", () => {
    const { State, EndpointDetails } = describeServer(site);
    assert.equal(State, "ONLINE");
    assert.equal(describeServer(siteOf(stack, "server-stopped")).State, "OFFLINE");
    const { VpcEndpoints } = aws<{ VpcEndpoints: { NetworkInterfaceIds: string[] }[] }>(
      site,
      "EC2 DescribeVpcEndpoints",
      { VpcEndpointIds: [EndpointDetails.VpcEndpointId] },
    );
    const { NetworkInterfaces } = aws<{ NetworkInterfaces: { PrivateIpAddress: string }[] }>(
      site,
      "EC2 DescribeNetworkInterfaces",
      { NetworkInterfaceIds: VpcEndpoints[0].NetworkInterfaceIds },
    );
    assert.deepEqual(
      NetworkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress).sort(),
      [...(stack.outputs.privateIps as string[])].sort(),
    );
  });

  type Peerings = { VpcPeeringConnections: { Status: { Code: string } }[] };
  const peering = (of: SiteState, id = peeringId()) =>
    aws<Peerings>(of, "EC2 DescribeVpcPeeringConnections", {
      Filters: [{ Name: "vpc-peering-connection-id", Values: [id] }],
    }).VpcPeeringConnections.map(({ Status }) => Status.Code);

  it("the peering: active, waiting for its acceptance, or deleted", () => {
    assert.deepEqual(peering(site), ["active"]);
    assert.deepEqual(peering(site, "pcx-of-others"), []);
    assert.deepEqual(peering(siteOf(stack, "peering-deleted")), ["deleted"]);
    const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
    assert.deepEqual(peering(without(accepter)), ["pending-acceptance"]);
  });

  type Tables = {
    RouteTables: {
      RouteTableId: string;
      Routes: { State: string; VpcPeeringConnectionId?: string }[];
    }[];
  };
  const tables = (of: SiteState, Name: string, value: string) =>
    aws<Tables>(of, "EC2 DescribeRouteTables", { Filters: [{ Name, Values: [value] }] })
      .RouteTables;

  it("the table of each subnet, with its route; a route to a deleted peering is a blackhole", () => {
    for (const subnet of describeServer(site).EndpointDetails.SubnetIds) {
      const [table, ...more] = tables(site, "association.subnet-id", subnet);
      assert.equal(more.length, 0);
      assert.deepEqual(
        table.Routes.map((route) => [route.VpcPeeringConnectionId, route.State]),
        [[peeringId(), "active"]],
      );
      assert.equal(tables(site, "route-table-id", table.RouteTableId).length, 1);
      const [gone] = tables(siteOf(stack, "peering-deleted"), "route-table-id", table.RouteTableId);
      assert.deepEqual(
        gone.Routes.map(({ State }) => State),
        ["blackhole"],
      );
    }
    assert.deepEqual(tables(site, "association.main", "true"), []);
  });

  it("the rules of the endpoint's security group, and of no other", () => {
    const [group] = site.server.securityGroupIds;
    const rules = (id: string) =>
      aws<{ SecurityGroupRules: { FromPort: number; ToPort: number; CidrIpv4: string }[] }>(
        site,
        "EC2 DescribeSecurityGroupRules",
        { Filters: [{ Name: "group-id", Values: [id] }] },
      ).SecurityGroupRules.filter(({ CidrIpv4 }) => CidrIpv4 !== undefined);
    assert.deepEqual(
      rules(group)
        .map(({ FromPort, ToPort }) => [FromPort, ToPort])
        .sort(([a], [b]) => a - b),
      [
        [21, 21],
        [8192, 8200],
      ],
    );
    assert.deepEqual(rules("sg-of-others"), []);
  });

  it("a role with its trust and policies, as documents", () => {
    const { InvocationRole } = describeServer(site).IdentityProviderDetails;
    const name = InvocationRole.split("/").at(-1)!;
    const role = { RoleName: name };
    const decoded = (text: string) => decodeURIComponent(text);
    const { Role } = aws<{ Role: { Arn: string; AssumeRolePolicyDocument: string } }>(
      site,
      "IAM GetRole",
      role,
    );
    assert.equal(Role.Arn, InvocationRole);
    assert.match(decoded(Role.AssumeRolePolicyDocument), /transfer\.amazonaws\.com/);
    const { PolicyNames } = aws<{ PolicyNames: string[] }>(site, "IAM ListRolePolicies", role);
    assert.equal(PolicyNames.length, 1);
    const { PolicyDocument } = aws<{ PolicyDocument: string }>(site, "IAM GetRolePolicy", {
      ...role,
      PolicyName: PolicyNames[0],
    });
    assert.match(decoded(PolicyDocument), /execute-api:Invoke/);
  });

  it("the function's resource policy", () => {
    const [login] = ofType(stack.resources, "aws:lambda/function:Function").filter(({ name }) =>
      name.includes("-identity-"),
    );
    const { Policy } = aws<{ Policy: string }>(site, "Lambda GetPolicy", {
      FunctionName: login.outputs.arn,
    });
    assert.match(Policy, /apigateway\.amazonaws\.com/);
  });

  it("the bucket's settings, and S3's defaults", () => {
    const ask = (of: SiteState, operation: string) =>
      aws<Record<string, unknown>>(of, `S3 ${operation}`, { Bucket: bucket() });
    assert.deepEqual(ask(site, "GetBucketLocation"), { LocationConstraint: "ap-northeast-1" });
    assert.deepEqual(ask(site, "GetBucketVersioning"), { Status: "Enabled" });
    const off = without("aws:s3/bucketVersioning:BucketVersioning");
    assert.deepEqual(ask(off, "GetBucketVersioning"), {});
    assert.match(JSON.stringify(ask(site, "GetBucketEncryption")), /"AES256"/);
    assert.match(JSON.stringify(ask(site, "GetBucketPolicy")), /aws:SecureTransport/);
    assert.match(JSON.stringify(ask(site, "GetBucketOwnershipControls")), /BucketOwnerEnforced/);
    const block = ask(site, "GetPublicAccessBlock").PublicAccessBlockConfiguration;
    assert.deepEqual(Object.values(block as object), [true, true, true, true]);
    const open = changed("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", () => ({
      blockPublicAcls: undefined,
    }));
    assert.match(JSON.stringify(ask(open, "GetPublicAccessBlock")), /"BlockPublicAcls":false/);
  });

  const missing: [operation: string, input: object, code: string][] = [
    ["Transfer DescribeServer", { ServerId: "s-none" }, "ResourceNotFoundException"],
    ["IAM GetRole", { RoleName: "none" }, "NoSuchEntity"],
    ["S3 GetBucketLocation", { Bucket: "none" }, "NoSuchBucket"],
    ["S3 GetBucketPolicy", { Bucket: "none" }, "NoSuchBucketPolicy"],
    ["S3 GetPublicAccessBlock", { Bucket: "none" }, "NoSuchPublicAccessBlockConfiguration"],
    ["Lambda GetPolicy", { FunctionName: "none" }, "ResourceNotFoundException"],
  ];
  for (const [operation, input, code] of missing) {
    it(`${code} of ${operation}, as AWS returns it`, () => {
      assert.throws(
        () => aws(site, operation, input),
        (error) => error instanceof ReadError && error.code === code,
      );
    });
  }

  it("no operation that changes something, and no unknown one", () => {
    for (const operation of ["Transfer StopServer", "S3 DeleteBucket", "EC2 DescribeInstances"]) {
      assert.throws(
        () => aws(site, operation),
        (error) => error instanceof ReadError && error.code === "InvalidAction",
      );
    }
  });
});
