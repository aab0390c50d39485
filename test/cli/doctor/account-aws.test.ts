import assert from "node:assert/strict";

import type { AwsApi } from "../../../cli/core/aws";
import { AccountAws } from "../../../cli/doctor/account-aws";

/** Answers calls from a table of pages by operation, and records the inputs. */
function paged(pages: Record<string, object[]>) {
  const inputs: object[] = [];
  const api: AwsApi = {
    call: <T>(_service: string, operation: string, input: object = {}) => {
      inputs.push(input);
      const { NextToken = "0" } = input as { NextToken?: string };
      const page = pages[operation][Number(NextToken)];
      const next = Number(NextToken) + 1;
      const more = next < pages[operation].length ? { NextToken: String(next) } : {};
      return Promise.resolve({ ...page, ...more } as T);
    },
  };
  return { aws: new AccountAws(api), inputs };
}

describe("AccountAws", () => {
  it("joins the pages of VPCs and servers", async () => {
    const { aws } = paged({
      DescribeVpcs: [{ Vpcs: [{ VpcId: "vpc-1" }] }, { Vpcs: [{ VpcId: "vpc-2" }] }],
      ListServers: [{ Servers: [{}, {}] }, {}, { Servers: [{}] }],
    });
    assert.deepEqual(
      (await aws.vpcs()).map(({ VpcId }) => VpcId),
      ["vpc-1", "vpc-2"],
    );
    assert.equal(await aws.serverCount(), 3);
  });

  it("returns a quota by its name", async () => {
    const { aws, inputs } = paged({
      ListServiceQuotas: [
        { Quotas: [{ QuotaName: "Subnets per VPC", Value: 200 }] },
        { Quotas: [{ QuotaName: "VPCs per Region", Value: 5 }] },
      ],
    });
    assert.equal(await aws.quota("vpc", /^VPCs per Region$/), 5);
    assert.equal(await aws.quota("vpc", /none/), undefined);
    assert.deepEqual(inputs[1], { ServiceCode: "vpc", NextToken: "1" });
  });

  it("returns the concurrency, if AWS reports one", async () => {
    const AccountLimit = { UnreservedConcurrentExecutions: 900 };
    const { aws } = paged({ GetAccountSettings: [{ AccountLimit }] });
    assert.equal(await aws.concurrency(), 900);
    assert.equal(await paged({ GetAccountSettings: [{}] }).aws.concurrency(), undefined);
  });
});
