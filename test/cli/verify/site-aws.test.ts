import assert from "node:assert/strict";

import { AwsApiError, type AwsApi } from "../../../cli/core/aws";
import { SiteAws } from "../../../cli/verify/site-aws";

/** AWS with these outputs by operation; a text is an error code. */
function siteAws(outputs: Record<string, unknown>) {
  const inputs: object[] = [];
  const api: AwsApi = {
    call: <T>(service: "S3", operation: string, input: object = {}) => {
      inputs.push(input);
      const output = outputs[operation] ?? {};
      if (typeof output !== "string") return Promise.resolve(output as T);
      return Promise.reject(new AwsApiError(service, operation, output, "by the test"));
    },
  };
  return { aws: new SiteAws(api), inputs };
}

describe("SiteAws", () => {
  it("returns undefined for what does not exist, and rejects with every other error", async () => {
    const { aws } = siteAws({
      DescribeServer: "ResourceNotFoundException",
      DescribeVpcEndpoints: "InvalidVpcEndpointId.NotFound",
      GetRole: "NoSuchEntityException",
      GetPolicy: "ResourceNotFoundException",
      GetBucketLocation: "NoSuchBucket",
    });
    assert.deepEqual(
      [
        await aws.server("s-1"),
        await aws.endpoint("vpce-1"),
        await aws.role("files"),
        await aws.functionPolicy("arn:function"),
        await aws.bucket("files"),
      ],
      Array(5).fill(undefined),
    );
    const denied = siteAws({ GetRole: "AccessDenied" }).aws;
    await assert.rejects(denied.role("files"), { code: "AccessDenied" });
  });

  it("decodes a role's documents", async () => {
    const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));
    const { aws } = siteAws({
      GetRole: { Role: { AssumeRolePolicyDocument: encoded({ Version: "trust" }) } },
      ListRolePolicies: { PolicyNames: ["access"] },
      GetRolePolicy: { PolicyDocument: encoded({ Version: "a b" }) },
    });
    assert.deepEqual(await aws.role("files"), {
      name: "files",
      trust: { Version: "trust" },
      policies: new Map([["access", { Version: "a b" }]]),
    });
  });

  it("reads the route table of a subnet, else the VPC's main one", async () => {
    const { aws, inputs } = siteAws({ DescribeRouteTables: { RouteTables: [] } });
    assert.equal(await aws.tableOf("subnet-1", "vpc-1"), undefined);
    assert.deepEqual(inputs, [
      { Filters: [{ Name: "association.subnet-id", Values: ["subnet-1"] }] },
      {
        Filters: [
          { Name: "association.main", Values: ["true"] },
          { Name: "vpc-id", Values: ["vpc-1"] },
        ],
      },
    ]);
  });

  it("reads a bucket without any setting, in the region without a location", async () => {
    const { aws } = siteAws({
      GetPublicAccessBlock: "NoSuchPublicAccessBlockConfiguration",
      GetBucketOwnershipControls: "OwnershipControlsNotFoundError",
      GetBucketPolicy: "NoSuchBucketPolicy",
      GetBucketEncryption: "ServerSideEncryptionConfigurationNotFoundError",
    });
    const { region, ...settings } = (await aws.bucket("files"))!;
    assert.equal(region, "us-east-1");
    assert.deepEqual(Object.values(settings), Array(6).fill(undefined));
  });

  it("calls nothing for no interfaces and no groups", async () => {
    const { aws, inputs } = siteAws({});
    assert.deepEqual([await aws.addresses([]), await aws.securityGroupRules([])], [[], []]);
    assert.deepEqual(inputs, []);
  });
});
