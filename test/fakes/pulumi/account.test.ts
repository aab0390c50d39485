import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { bucketPolicy } from "../../../components/internal/policies";
import { unknown } from "../../../fakes/pulumi/values";
import { Cloud, existing, subject } from "./support";

describe("twin as AWS provider: what AWS refuses, and keeps", () => {
  let cloud: Cloud;
  beforeEach(() => (cloud = new Cloud()));
  afterEach(() => cloud.close());

  const gone = (type: string, id: string) => assert.equal(cloud.account.find(type, id), undefined);

  it("a bucket with a file stays, unless it is to be destroyed with it", async () => {
    const type = "aws:s3/bucket:Bucket";
    const kept = await cloud.make(type, { forceDestroy: false });
    const given = await cloud.make(type, { forceDestroy: true });
    for (const bucket of [kept, given]) {
      fs.mkdirSync(path.join(cloud.folder, "buckets", bucket), { recursive: true });
      fs.writeFileSync(path.join(cloud.folder, "buckets", bucket, "photo.jpg"), "a photo");
    }
    await assert.rejects(cloud.delete(type, kept), /BucketNotEmpty/);
    await cloud.delete(type, given);
    gone(type, given);
    fs.rmSync(path.join(cloud.folder, "buckets", kept, "photo.jpg"));
    await cloud.delete(type, kept);
    gone(type, kept);
  });

  it("a bucket whose policy denies its deletion stays, also without a file, until the policy allows it", async () => {
    const type = "aws:s3/bucket:Bucket";
    const bucket = await cloud.make(type, { forceDestroy: true });
    const policyType = "aws:s3/bucketPolicy:BucketPolicy";
    const inputs = (isProtected: boolean) => ({
      bucket,
      policy: JSON.stringify(bucketPolicy(`arn:aws:s3:::${bucket}`, isProtected)),
    });
    const policy = await cloud.make(policyType, inputs(true));
    await assert.rejects(cloud.delete(type, bucket), /AccessDenied/);
    await cloud.provider.update(existing(policyType, policy, inputs(true)), inputs(false), false);
    await cloud.delete(type, bucket);
    gone(type, bucket);
  });

  it("a table with deletion protection stays until it is lifted", async () => {
    const type = "aws:dynamodb/table:Table";
    const inputs = { hashKey: "pk", deletionProtectionEnabled: true };
    const id = await cloud.make(type, inputs);
    await assert.rejects(cloud.delete(type, id), /protected against deletion/);
    const lifted = { ...inputs, deletionProtectionEnabled: false };
    await cloud.provider.update(existing(type, id, inputs), lifted, false);
    await cloud.delete(type, id);
    gone(type, id);
  });

  it("a VPC, a subnet and a security group stay while something is in them", async () => {
    const vpcId = await cloud.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = await cloud.make("aws:ec2/subnet:Subnet", { vpcId });
    const group = await cloud.make("aws:ec2/securityGroup:SecurityGroup", { vpcId });
    const endpointDetails = { vpcId, subnetIds: [subnet], securityGroupIds: [group] };
    const server = await cloud.make("aws:transfer/server:Server", { endpointDetails });
    const refused = /DependencyViolation/;
    await assert.rejects(cloud.delete("aws:ec2/vpc:Vpc", vpcId), refused);
    await assert.rejects(cloud.delete("aws:ec2/subnet:Subnet", subnet), refused);
    await assert.rejects(cloud.delete("aws:ec2/securityGroup:SecurityGroup", group), refused);
    await cloud.delete("aws:transfer/server:Server", server);
    await cloud.delete("aws:ec2/subnet:Subnet", subnet);
    await assert.rejects(cloud.delete("aws:ec2/vpc:Vpc", vpcId), refused);
    await cloud.delete("aws:ec2/securityGroup:SecurityGroup", group);
    await cloud.delete("aws:ec2/vpc:Vpc", vpcId);
    assert.deepEqual(cloud.account.all(), []);
  });

  it("a role with policies and a deployment with a stage stay", async () => {
    const role = await cloud.make("aws:iam/role:Role", {});
    await cloud.make("aws:iam/rolePolicy:RolePolicy", { role });
    await assert.rejects(cloud.delete("aws:iam/role:Role", role), /DeleteConflict/);
    const deployment = await cloud.make("aws:apigateway/deployment:Deployment", { restApi: "a" });
    await cloud.make("aws:apigateway/stage:Stage", { restApi: "a", deployment, stageName: "prod" });
    const type = "aws:apigateway/deployment:Deployment";
    await assert.rejects(cloud.delete(type, deployment), /Active stages/);
  });

  it("a rule with a target, a zone with a record and the subnets of resolvers stay", async () => {
    const rule = await cloud.make("aws:cloudwatch/eventRule:EventRule", { name: "uploads" });
    const target = await cloud.make("aws:cloudwatch/eventTarget:EventTarget", { rule, arn: "arn" });
    const zone = await cloud.make("aws:route53/zone:Zone", { name: "plant.internal" });
    const record = { zoneId: zone, name: "ftp.plant.internal", type: "A", records: ["10.0.0.5"] };
    const address = await cloud.make("aws:route53/record:Record", record);
    const subnets = [
      await cloud.make("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, "a"),
      await cloud.make("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, "b"),
    ];
    const resolvers = await cloud.make("aws:route53/resolverEndpoint:ResolverEndpoint", {
      direction: "INBOUND",
      securityGroupIds: ["sg-1"],
      ipAddresses: subnets.map((subnetId) => ({ subnetId })),
    });
    const held: [type: string, id: string, message: RegExp, by: string, holder: string][] = [
      [
        "aws:cloudwatch/eventRule:EventRule",
        rule,
        /has targets/,
        "cloudwatch/eventTarget:EventTarget",
        target,
      ],
      ["aws:route53/zone:Zone", zone, /HostedZoneNotEmpty/, "route53/record:Record", address],
      [
        "aws:ec2/subnet:Subnet",
        subnets[1],
        /Dependency/,
        "route53/resolverEndpoint:ResolverEndpoint",
        resolvers,
      ],
    ];
    for (const [type, id, message, by, holder] of held) {
      await assert.rejects(cloud.delete(type, id), message);
      await cloud.delete(`aws:${by}`, holder);
      await cloud.delete(type, id);
    }
  });

  it("a second route to the same destination is refused", async () => {
    const route = { routeTableId: "rtb-1", destinationCidrBlock: "100.64.0.0/24" };
    await cloud.make("aws:ec2/route:Route", route);
    await assert.rejects(cloud.make("aws:ec2/route:Route", route, "other"), /RouteAlreadyExists/);
    await cloud.make("aws:ec2/route:Route", { ...route, routeTableId: "rtb-2" }, "third");
  });

  it("a replacement has a new id and physical name", async () => {
    const first = await cloud.make("aws:s3/bucket:Bucket", {}, "files");
    const second = await cloud.make("aws:s3/bucket:Bucket", {}, "files");
    assert.notEqual(first, second);
    for (const name of [first, second]) assert.match(name, /^files-[0-9a-f]{7}$/);
  });

  it("a preview makes nothing, and keeps what AWS had added", async () => {
    const type = "aws:transfer/server:Server";
    await cloud.provider.create(subject(type), {}, true);
    assert.deepEqual(cloud.account.all(), []);

    const inputs = { endpointDetails: { vpcId: "vpc-1", subnetIds: ["a"] } };
    const made = await cloud.provider.create(subject(type), inputs, false);
    const changed = { endpointDetails: { vpcId: "vpc-1", subnetIds: ["a", unknown] } };
    const outputs = await cloud.provider.update(
      existing(type, made.id, inputs, made.outputs),
      changed,
      true,
    );
    const { vpcEndpointId } = made.outputs.endpointDetails as { vpcEndpointId: string };
    assert.deepEqual(outputs.endpointDetails, { ...changed.endpointDetails, vpcEndpointId });
    assert.deepEqual(cloud.account.all()[0].inputs, inputs);
  });

  it("an input or a type that is not in the package is an error", () => {
    const check = (type: string, inputs: object) =>
      cloud.provider.check(subject(type), inputs as Record<string, unknown>);
    assert.deepEqual(check("aws:s3/bucket:Bucket", { forceDestroy: true }), []);
    assert.deepEqual(check("aws:s3/bucket:Bucket", { forcedestroy: true }), [
      "aws:s3/bucket:Bucket has no input forcedestroy.",
    ]);
    // An output of the type is no input of it.
    assert.equal(check("aws:s3/bucket:Bucket", { arn: "arn" }).length, 1);
    assert.deepEqual(check("aws:s3/bukket:Bukket", {}), [
      "There is no resource type aws:s3/bukket:Bukket.",
    ]);
  });
});
