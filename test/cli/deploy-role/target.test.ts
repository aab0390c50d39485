import assert from "node:assert/strict";

import { deployTarget } from "../../../cli/deploy-role/target";

describe("deploy role: target", () => {
  const target = (values: Record<string, string>, account?: string) =>
    deployTarget("canal-ftp", "prod", { "aws:region": "us-west-2", ...values }, account);

  it("is the requested account, otherwise the only allowed one, otherwise any", () => {
    const one = { "aws:allowedAccountIds": '["222222222222"]' };
    assert.equal(target(one).account, "222222222222");
    assert.equal(target(one, "333333333333").account, "333333333333");
    assert.equal(target({ "aws:allowedAccountIds": '["1", "2"]' }).account, "*");
    assert.equal(target({}).account, "*");
  });

  it("has the partition of the region, the names of the stack, and a bucket with a name", () => {
    assert.deepEqual(target({}), {
      partition: "aws",
      region: "us-west-2",
      account: "*",
      name: "canal-ftp-prod",
      buckets: [],
    });
    const china = target({ "aws:region": "cn-north-1", "canal-ftp:bucketName": "plant-files" });
    assert.deepEqual([china.partition, china.buckets], ["aws-cn", ["plant-files"]]);
  });
});
