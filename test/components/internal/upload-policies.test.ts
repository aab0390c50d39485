import assert from "node:assert/strict";

import {
  queueAccess,
  uploadFunctionAccess,
  uploadPattern,
} from "../../../components/internal/upload-policies";
import { parsePattern } from "../../../lib/event-pattern";
import { uploadEvent } from "../../lambdas/upload-events/support/events";

const matches = (detail: object, rest: object = {}, probe?: string) => {
  const pattern = JSON.stringify(uploadPattern("s-0123456789abcdef0", probe));
  const event = JSON.parse(uploadEvent({ ...detail }, rest)) as Record<string, unknown>;
  return parsePattern(pattern)(event);
};
const failed = { "status-code": "FAILED", "failure-code": "PARTIAL_UPLOAD" };

describe("components/internal/upload-policies: what the rule looks for", () => {
  const meant: [string, object, object][] = [
    ["an upload", {}, {}],
    ["a rename", {}, { "detail-type": "FTP Server File Rename Completed" }],
    ["a cut one", failed, { "detail-type": "FTP Server File Upload Failed" }],
    ["one by its older name", {}, { "detail-type": "FTP File Server Upload Completed" }],
    ["a failed one by its older name", failed, { "detail-type": "FTP File Server Upload Failed" }],
  ];
  for (const [what, detail, rest] of meant) {
    it(`matches ${what}`, () => assert.equal(matches(detail, rest), true));
  }

  const others: [string, object, object][] = [
    ["another server's", { "server-id": "s-11111111111111111" }, {}],
    ["another service's", {}, { source: "mine.transfer" }],
    ["a download", {}, { "detail-type": "FTP Server File Download Completed" }],
    ["a delete", {}, { "detail-type": "FTP Server File Delete Completed" }],
    ["a rename that failed", failed, { "detail-type": "FTP Server File Rename Failed" }],
    ["a folder", {}, { "detail-type": "FTP Server Directory Create Completed" }],
    ["a status that is none", { "status-code": "STARTED" }, {}],
  ];
  for (const [what, detail, rest] of others) {
    it(`leaves out ${what}`, () => assert.equal(matches(detail, rest), false));
  }

  it("leaves out the probe's uploads, and only with a probe", () => {
    assert.equal(matches({ username: "canary" }, {}, "canary"), false);
    assert.equal(matches({ username: "camera01" }, {}, "canary"), true);
    assert.equal(matches({ username: "canary" }), true);
  });
});

describe("components/internal/upload-policies: who may do what", () => {
  it("permits the rule to send messages to a queue, and denies requests without TLS", () => {
    const { Statement } = queueAccess({ queueArn: "arn:queue", ruleArn: "arn:rule" });
    assert.deepEqual(Statement, [
      {
        Sid: "PutByRule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "arn:queue",
        Condition: { ArnEquals: { "aws:SourceArn": "arn:rule" } },
      },
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "arn:queue",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  const arns = {
    queueArn: "arn:queue",
    bucketArn: "arn:files",
    logBucketArn: "arn:log",
    logGroupArn: "arn:logs",
  };

  /** `action resource`, one by one. */
  const allowed = (kmsKeyArn?: string) =>
    uploadFunctionAccess({ ...arns, kmsKeyArn }).Statement.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((arn) => `${action} ${arn}`)),
    );

  it("permits the function's requests to S3 and SQS, and nothing more", () => {
    assert.deepEqual(allowed().sort(), [
      "logs:CreateLogStream arn:logs:*",
      "logs:PutLogEvents arn:logs:*",
      "s3:GetObject arn:files/*",
      "s3:GetObject arn:log/*",
      "s3:GetObjectVersion arn:files/*",
      "s3:ListBucket arn:files",
      "s3:ListBucket arn:log",
      "s3:ListBucketVersions arn:files",
      "s3:PutObject arn:log/*",
      "sqs:DeleteMessage arn:queue",
      "sqs:GetQueueAttributes arn:queue",
      "sqs:ReceiveMessage arn:queue",
    ]);
  });

  it("never permits it to write, tag, move or delete a device's file", () => {
    const ofFiles = allowed("arn:key").filter((each) => each.endsWith(" arn:files/*"));
    assert.ok(ofFiles.every((each) => !/Delete|Put|Acl|Restore/.test(each)));
  });

  it("permits it to use a key only if there is one", () => {
    const withKey = allowed("arn:key").filter((each) => !allowed().includes(each));
    assert.deepEqual(withKey.sort(), ["kms:Decrypt arn:key", "kms:GenerateDataKey arn:key"]);
  });
});
