import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { EndpointNetwork, FileStore, FtpServer, IdentityProvider } from "../../components";
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
        securityGroupId: network.securityGroup.id,
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
});
