import assert from "node:assert/strict";

import { ofType, type EvaluatedStack } from "../../../lib/stack/resource";
import { readAws } from "../../../twin/reads/aws-reads";
import type { Estate } from "../../../twin/reads/estate";
import { evaluateStack } from "../../support/golden";
import { aws, estateOf } from "./support";

describe("what aws would print of the twin's site", () => {
  let stack: EvaluatedStack;
  let estate: Estate;
  let serverId: string;
  before(async () => {
    stack = await evaluateStack("dev");
    estate = estateOf(stack);
    ({ serverId } = estate.server);
  });

  const changed = (type: string, change: (outputs: Record<string, unknown>) => object): Estate =>
    estateOf({
      ...stack,
      resources: stack.resources.map((one) =>
        one.type === type ? { ...one, outputs: { ...one.outputs, ...change(one.outputs) } } : one,
      ),
    });
  const without = (type: string): Estate =>
    estateOf({ ...stack, resources: stack.resources.filter((one) => one.type !== type) });
  const peeringId = () => String(stack.outputs.peeringConnectionId);
  const bucket = () => String(stack.outputs.bucket);

  type Server = {
    Server: {
      State: string;
      EndpointDetails: { VpcEndpointId: string; SubnetIds: string[] };
      IdentityProviderDetails: { InvocationRole: string };
    };
  };
  const describeServer = (of: Estate) =>
    aws<Server>(of, "transfer", "describe-server", "--server-id", serverId).Server;

  it("the account of the stack", () => {
    const { Account } = aws<{ Account: string }>(estate, "sts", "get-caller-identity");
    assert.equal(Account, estate.server.arn.split(":")[4]);
  });

  it("the server, ONLINE or stopped, and its endpoint with the addresses of the outputs", () => {
    const { State, EndpointDetails } = describeServer(estate);
    assert.equal(State, "ONLINE");
    assert.equal(describeServer(estateOf(stack, "server-stopped")).State, "OFFLINE");
    const { VpcEndpoints } = aws<{ VpcEndpoints: { NetworkInterfaceIds: string[] }[] }>(
      estate,
      ...["ec2", "describe-vpc-endpoints", "--vpc-endpoint-ids", EndpointDetails.VpcEndpointId],
    );
    const { NetworkInterfaces } = aws<{ NetworkInterfaces: { PrivateIpAddress: string }[] }>(
      estate,
      ...["ec2", "describe-network-interfaces", "--network-interface-ids"],
      ...VpcEndpoints[0].NetworkInterfaceIds,
    );
    assert.deepEqual(
      NetworkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress).sort(),
      [...(stack.outputs.privateIps as string[])].sort(),
    );
  });

  type Peerings = { VpcPeeringConnections: { Status: { Code: string } }[] };
  const peering = (of: Estate, id = peeringId()) =>
    aws<Peerings>(
      of,
      ...["ec2", "describe-vpc-peering-connections"],
      ...["--filters", `Name=vpc-peering-connection-id,Values=${id}`],
    ).VpcPeeringConnections.map(({ Status }) => Status.Code);

  it("the peering: active, waiting for its acceptance, or deleted", () => {
    assert.deepEqual(peering(estate), ["active"]);
    assert.deepEqual(peering(estate, "pcx-of-others"), []);
    assert.deepEqual(peering(estateOf(stack, "peering-deleted")), ["deleted"]);
    const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
    assert.deepEqual(peering(without(accepter)), ["pending-acceptance"]);
  });

  type Tables = {
    RouteTables: {
      RouteTableId: string;
      Routes: { State: string; VpcPeeringConnectionId?: string }[];
    }[];
  };
  const tables = (of: Estate, filter: string) =>
    aws<Tables>(of, "ec2", "describe-route-tables", "--filters", filter).RouteTables;

  it("the table of each subnet, with its route; a route into a peering that is gone is a black hole", () => {
    for (const subnet of describeServer(estate).EndpointDetails.SubnetIds) {
      const [table, ...more] = tables(estate, `Name=association.subnet-id,Values=${subnet}`);
      assert.equal(more.length, 0);
      assert.deepEqual(
        table.Routes.map((route) => [route.VpcPeeringConnectionId, route.State]),
        [[peeringId(), "active"]],
      );
      const filter = `Name=route-table-id,Values=${table.RouteTableId}`;
      assert.equal(tables(estate, filter).length, 1);
      const [gone] = tables(estateOf(stack, "peering-deleted"), filter);
      assert.deepEqual(
        gone.Routes.map(({ State }) => State),
        ["blackhole"],
      );
    }
    assert.deepEqual(tables(estate, "Name=association.main,Values=true"), []);
  });

  it("the rules of the endpoint's security group, and of no other", () => {
    const [group] = estate.server.securityGroupIds;
    const rules = (id: string) =>
      aws<{ SecurityGroupRules: { FromPort: number; ToPort: number; CidrIpv4: string }[] }>(
        estate,
        ...["ec2", "describe-security-group-rules", "--filters", `Name=group-id,Values=${id}`],
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
    const { InvocationRole } = describeServer(estate).IdentityProviderDetails;
    const name = InvocationRole.split("/").at(-1)!;
    const flag = ["--role-name", name];
    const { Role } = aws<{ Role: { Arn: string; AssumeRolePolicyDocument: object } }>(
      estate,
      ...["iam", "get-role", ...flag],
    );
    assert.equal(Role.Arn, InvocationRole);
    assert.match(JSON.stringify(Role.AssumeRolePolicyDocument), /transfer\.amazonaws\.com/);
    const { PolicyNames } = aws<{ PolicyNames: string[] }>(
      estate,
      ...["iam", "list-role-policies", ...flag],
    );
    assert.equal(PolicyNames.length, 1);
    const { PolicyDocument } = aws<{ PolicyDocument: object }>(
      estate,
      ...["iam", "get-role-policy", ...flag, "--policy-name", PolicyNames[0]],
    );
    assert.match(JSON.stringify(PolicyDocument), /execute-api:Invoke/);
  });

  it("who may call the function", () => {
    const [login] = ofType(stack.resources, "aws:lambda/function:Function").filter(({ name }) =>
      name.includes("-identity-"),
    );
    const { Policy } = aws<{ Policy: string }>(
      estate,
      ...["lambda", "get-policy", "--function-name", String(login.outputs.arn)],
    );
    assert.match(Policy, /apigateway\.amazonaws\.com/);
  });

  it("the bucket's settings, and what S3 has where nobody set anything", () => {
    const ask = (of: Estate, operation: string) =>
      aws<Record<string, unknown>>(of, "s3api", operation, "--bucket", bucket());
    assert.deepEqual(ask(estate, "get-bucket-location"), { LocationConstraint: "ap-northeast-1" });
    assert.deepEqual(ask(estate, "get-bucket-versioning"), { Status: "Enabled" });
    const off = without("aws:s3/bucketVersioning:BucketVersioning");
    assert.deepEqual(ask(off, "get-bucket-versioning"), {});
    assert.match(JSON.stringify(ask(estate, "get-bucket-encryption")), /"AES256"/);
    assert.match(JSON.stringify(ask(estate, "get-bucket-policy")), /aws:SecureTransport/);
    assert.match(
      JSON.stringify(ask(estate, "get-bucket-ownership-controls")),
      /BucketOwnerEnforced/,
    );
    const block = ask(estate, "get-public-access-block").PublicAccessBlockConfiguration;
    assert.deepEqual(Object.values(block as object), [true, true, true, true]);
    const open = changed("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", () => ({
      blockPublicAcls: undefined,
    }));
    assert.match(JSON.stringify(ask(open, "get-public-access-block")), /"BlockPublicAcls":false/);
  });

  const missing: [words: string[], code: string][] = [
    [["transfer", "describe-server", "--server-id", "s-none"], "ResourceNotFoundException"],
    [["iam", "get-role", "--role-name", "none"], "NoSuchEntity"],
    [["s3api", "get-bucket-location", "--bucket", "none"], "NoSuchBucket"],
    [["s3api", "get-bucket-policy", "--bucket", "none"], "NoSuchBucketPolicy"],
    [
      ["s3api", "get-public-access-block", "--bucket", "none"],
      "NoSuchPublicAccessBlockConfiguration",
    ],
    [["lambda", "get-policy", "--function-name", "none"], "ResourceNotFoundException"],
  ];
  for (const [words, errorCode] of missing) {
    it(`${errorCode} of ${words.slice(0, 2).join(" ")}, as the AWS CLI tells it`, () => {
      const { code, stdout, stderr } = readAws(words, estate);
      assert.deepEqual([code, stdout], [254, ""]);
      assert.match(stderr, new RegExp(`^\\nAn error occurred \\(${errorCode}\\) when calling`));
    });
  }

  it("nothing that would change something, and nothing it has no answer for", () => {
    for (const words of [
      ["transfer", "stop-server", "--server-id", serverId],
      ["s3api", "delete-bucket", "--bucket", bucket()],
      ["ec2", "describe-instances"],
      [],
    ]) {
      const { code, stdout, stderr } = readAws(words, estate);
      assert.deepEqual([code, stdout], [252, ""]);
      assert.match(stderr, /^The twin has no answer for aws /);
    }
  });
});
