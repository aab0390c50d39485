import assert from "node:assert/strict";

import { allPages, AwsApiError, type AwsApi } from "../../../cli/core/aws";

describe("allPages", () => {
  it("follows NextToken to the last page, empty pages included", async () => {
    const pages: Record<string, object> = {
      "": { Items: [1, 2], NextToken: "a" },
      a: { NextToken: "b" },
      b: { Items: [3] },
    };
    const inputs: object[] = [];
    const api: AwsApi = {
      call: <T>(_service: string, _operation: string, input: object = {}) => {
        inputs.push(input);
        return Promise.resolve(pages[(input as { NextToken?: string }).NextToken ?? ""] as T);
      },
    };
    const items = await allPages<number>(api, "EC2", "DescribeVpcs", { A: 1 }, "Items");
    assert.deepEqual(items, [1, 2, 3]);
    assert.deepEqual(inputs, [{ A: 1 }, { A: 1, NextToken: "a" }, { A: 1, NextToken: "b" }]);
  });
});

describe("AwsApiError", () => {
  it("states service, operation, code and message", () => {
    const error = new AwsApiError("S3", "GetBucketPolicy", "NoSuchBucketPolicy", "none");
    assert.equal(error.message, "AWS S3 GetBucketPolicy failed: NoSuchBucketPolicy: none");
    assert.deepEqual([error.code, error.exitCode], ["NoSuchBucketPolicy", 1]);
  });
});
