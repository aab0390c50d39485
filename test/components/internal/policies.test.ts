import assert from "node:assert/strict";

import * as policies from "../../../components/internal/policies";
import { authorize, canAssume } from "../../../lib/iam";

const bucketArn = "arn:aws:s3:::files";
const roleArn = "arn:aws:iam::123456789012:role/files";

const may = (document: unknown, action: string, resource: string) =>
  authorize({
    action,
    resource,
    context: { "aws:SecureTransport": "true" },
    principal: { type: "role", roleArn, sessionName: "cam" },
    identityPolicies: [{ source: "policy", document }],
    resourcePolicies: [],
  }).allowed;

describe("components/internal/policies", () => {
  it("trusts Transfer for this account's users or servers, whichever the role is for", () => {
    const at = { partition: "aws", region: "ap-northeast-1", accountId: "123456789012" };
    const trusts = (resource: "user/*" | "server/*", account: string, source: string) =>
      canAssume({
        trustPolicy: { source: "role", document: policies.transferTrust({ ...at, resource }) },
        service: "transfer.amazonaws.com",
        context: {
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:transfer:ap-northeast-1:${account}:${source}`,
        },
      }).allowed;
    assert.ok(trusts("user/*", "123456789012", "user/s-1/cam"));
    assert.ok(!trusts("user/*", "123456789012", "server/s-1"));
    assert.ok(!trusts("user/*", "999999999999", "user/s-1/cam"));
    assert.ok(trusts("server/*", "123456789012", "server/s-1"));
  });

  it("gives access to the bucket's files, and not to its settings or to other buckets", () => {
    const document = policies.fileAccess({ bucketArn });
    assert.ok(may(document, "s3:PutObject", `${bucketArn}/users/cam/a`));
    assert.ok(may(document, "s3:ListBucket", bucketArn));
    assert.ok(!may(document, "s3:PutBucketPolicy", bucketArn));
    assert.ok(!may(document, "s3:DeleteObjectVersion", `${bucketArn}/users/cam/a`));
    assert.ok(!may(document, "s3:PutObject", "arn:aws:s3:::files-of-others/a"));
    assert.ok(!may(document, "kms:Decrypt", "arn:aws:kms:ap-northeast-1:123456789012:key/1"));
  });

  it("denies requests without TLS, for every caller", () => {
    const ask = (secure: string) =>
      authorize({
        action: "s3:GetObject",
        resource: `${bucketArn}/a`,
        context: { "aws:SecureTransport": secure },
        principal: { type: "role", roleArn, sessionName: "cam" },
        identityPolicies: [{ source: "role", document: policies.fileAccess({ bucketArn }) }],
        resourcePolicies: [{ source: "bucket", document: policies.bucketPolicy(bucketArn) }],
      }).allowed;
    assert.ok(ask("true"));
    assert.ok(!ask("false"));
  });

  it("allows the caller to request a user, and not to change the API", () => {
    const api = "arn:aws:execute-api:ap-northeast-1:123456789012:abc";
    const document = policies.invokeIdentityApi(`${api}/prod/GET/servers/*/users/*/config`);
    assert.ok(may(document, "execute-api:Invoke", `${api}/prod/GET/servers/s-1/users/cam/config`));
    assert.ok(
      !may(document, "execute-api:Invoke", `${api}/prod/POST/servers/s-1/users/cam/config`),
    );
    assert.ok(!may(document, "execute-api:Invoke", `${api}/test/GET/servers/s-1/users/cam/config`));
  });

  it("permits the function to read and count in its table, and not to overwrite users", () => {
    const tableArn = "arn:aws:dynamodb:ap-northeast-1:123456789012:table/users";
    const logGroupArn = "arn:aws:logs:ap-northeast-1:123456789012:log-group:login";
    const document = policies.identityFunctionAccess({ tableArn, logGroupArn });
    assert.ok(may(document, "dynamodb:BatchGetItem", tableArn));
    assert.ok(may(document, "dynamodb:UpdateItem", tableArn));
    assert.ok(!may(document, "dynamodb:PutItem", tableArn));
    assert.ok(!may(document, "dynamodb:Scan", tableArn));
    assert.ok(may(document, "logs:PutLogEvents", `${logGroupArn}:log-stream:1`));
  });

  it("permits the canary's role to manage network interfaces, and not to create a log group", () => {
    const logGroupArn = "arn:aws:logs:ap-northeast-1:123456789012:log-group:canary";
    const document = policies.canaryAccess(logGroupArn);
    const networkInterface = "arn:aws:ec2:ap-northeast-1:123456789012:network-interface/eni-1";
    assert.ok(may(document, "ec2:DeleteNetworkInterface", networkInterface));
    assert.ok(may(document, "logs:PutLogEvents", `${logGroupArn}:log-stream:1`));
    for (const access of [
      document,
      policies.identityFunctionAccess({ tableArn: "arn:aws:dynamodb:::table/t", logGroupArn }),
    ]) {
      assert.ok(!may(access, "logs:CreateLogGroup", logGroupArn));
      assert.ok(!may(access, "logs:CreateLogGroup", `${logGroupArn}:*`));
    }
  });
});
