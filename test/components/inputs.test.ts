import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import {
  DeviceDns,
  EndpointNetwork,
  FileStore,
  FtpServer,
  IdentityProvider,
  SimGroup,
  VirtualPrivateGateway,
  type VpgConnection,
} from "../../components";
import { checkedCoverage } from "../../components/internal/coverage";
import { make, policyOf } from "../support/evaluate-component";

const tags = pulumi.output({ plant: pulumi.output("osaka") });

describe("arguments that are other resources' outputs", () => {
  it("a bucket's KMS key and tags", async () => {
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const { child } = await make(
      "files",
      () => new FileStore("files", { kmsKeyArn: pulumi.output(key), tags }),
    );
    assert.deepEqual(child("bucket").inputs.tags, { plant: "osaka" });
    const used = policyOf(child("access")).Statement.find(({ Action }) =>
      [Action].flat().includes("kms:Decrypt"),
    );
    assert.equal(used?.Resource, key);
  });

  it("an existing VPC, as awsx returns it, for network and server", async () => {
    const { child } = await make("site", () => {
      const network = new EndpointNetwork("site", {
        allowedCidr: "100.64.0.0/10",
        existing: {
          vpcId: pulumi.output("vpc-1"),
          cidr: pulumi.output("10.0.0.0/16"),
          subnetIds: pulumi.output(["subnet-1", "subnet-2"]),
          routeTableIds: [pulumi.output("rtb-1")],
        },
        tags,
      });
      new FtpServer("site", {
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        securityGroupId: network.securityGroupId,
        identity: { type: "AWS_LAMBDA", function: "arn:function" },
        tags,
      });
    });
    const group = child("security-group").inputs;
    assert.deepEqual([group.vpcId, group.tags], ["vpc-1", { plant: "osaka", Name: "site-ftp" }]);
    const { endpointDetails } = child("server").inputs;
    assert.deepEqual((endpointDetails as { subnetIds: string[] }).subnetIds, [
      "subnet-1",
      "subnet-2",
    ]);
  });

  it("an identity provider of no known type is refused with what is allowed", async () => {
    const grants = { roleArn: "arn:role", bucket: "b", bucketArn: "arn:aws:s3:::b" };
    const args = { grants, allowedCidr: "100.64.0.0/10", type: "cognito" };
    await assert.rejects(
      make("id", () => new IdentityProvider("id", args)),
      /type of id is "cognito"; allowed: apiGateway or lambda\./,
    );
  });

  it("an existing bucket, to which only a role is added", async () => {
    const { child, types } = await make(
      "files",
      () => new FileStore("files", { existingBucketName: pulumi.output("plant-files") }),
    );
    assert.deepEqual(types, ["Role", "RolePolicy"]);
    const text = JSON.stringify(policyOf(child("access")));
    assert.match(text, /"arn:aws:s3:::plant-files"/);
  });

  it("an existing hosted zone, in which only the name is created", async () => {
    const args = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], addresses: ["10.0.0.4"] };
    const { child, types } = await make(
      "dns",
      () =>
        new DeviceDns("dns", {
          ...args,
          deviceName: pulumi.output("ftp.plant.internal"),
          allowedCidr: "100.64.0.0/10",
          zoneId: pulumi.output("Z0123456789"),
        }),
    );
    assert.ok(!types.includes("Zone"));
    assert.deepEqual(
      [child("record").inputs.zoneId, child("record").inputs.name],
      ["Z0123456789", "ftp.plant.internal"],
    );
  });

  it("a gateway's fields as one output, as programs in other languages pass them", async () => {
    const vpg: pulumi.Output<VpgConnection> = pulumi.output({
      coverage: "jp",
      vpgId: "vpg-1",
      cidr: "100.64.1.0/24",
      owner: "other/dev/0123456789",
      commandUrn: "urn:vpg",
    });
    const { child } = await make("sims", () => new SimGroup("sims", { vpg, tags }));
    const spec = (suffix: string) =>
      JSON.parse(
        (child(suffix).inputs.environment as { CANAL_FTP_SPEC: string }).CANAL_FTP_SPEC,
      ) as Record<string, unknown>;
    assert.equal(spec("group").vpgId, "vpg-1");
    assert.deepEqual(spec("settings").tags, { plant: "osaka" });
  });

  it("a coverage that does not exist is refused with what is allowed", async () => {
    const refusal = /coverage of vpg is "us"; allowed: jp or g\./;
    const args = { coverage: "us", region: "us-west-2", owner: "o" };
    await assert.rejects(
      make("vpg", () => new VirtualPrivateGateway("vpg", args)),
      refusal,
    );
    const checked = checkedCoverage("vpg", pulumi.output("us"));
    await assert.rejects(
      // The promise that the engine waits for.
      (checked as unknown as { promise(): Promise<string> }).promise(),
      refusal,
    );
  });
});
